// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What must not get from a run into messages and results: its access tokens. Thread-safe. */
final class Secrets {
  private static final String INSTEAD = "(token)";

  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  /** Notes one; an empty one is none. */
  void add(String secret) {
    if (!secret.isEmpty()) {
      secrets.add(secret);
    }
  }

  /** Returns a text with a word in place of each secret. */
  String hidden(String text) {
    String hidden = text;
    for (String secret : secrets) {
      hidden = hidden.replace(secret, INSTEAD);
    }
    return hidden;
  }
}
