// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The access tokens that tunnels were opened with, by their SHA-256 in hexadecimal digits: so many
 * that none comes again which would still be of use. For one thread at a time.
 */
final class Seen {
  static final int MAX = 1000;

  /** Longer than a tunnel lives, and with it its token. */
  static final Duration AGE = Duration.ofHours(13);

  private final Map<String, Instant> digests = new LinkedHashMap<>();

  /** Tells whether a token was here. */
  boolean has(String digest) {
    return digests.containsKey(digest);
  }

  /** Adds a token, and forgets old ones. */
  void add(String digest, Instant time) {
    digests.putIfAbsent(digest, time);
    Instant oldest = time.minus(AGE);
    digests.values().removeIf(added -> added.isBefore(oldest));
    while (digests.size() > MAX) {
      digests.remove(digests.keySet().iterator().next());
    }
  }

  /** Takes a token back. */
  void remove(String digest) {
    digests.remove(digest);
  }

  /** Returns all with the time when they came, the oldest first, as a copy. */
  Map<String, Instant> all() {
    return new LinkedHashMap<>(digests);
  }

  /** Returns what stands for a token. */
  static String digest(Secret token) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(token.reveal().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
