// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the last so many connections that were ended, so that each is ended only once. */
final class RecentIds {
  private static final int LIMIT = 2048;

  private final Map<Id, Boolean> ids =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Boolean> eldest) {
          return size() > LIMIT;
        }
      };

  /** Adds a connection; returns whether it was not there yet. */
  boolean add(String service, int stream, int connection) {
    return ids.put(new Id(service, stream, connection), Boolean.TRUE) == null;
  }

  /** Returns whether a connection is among them. */
  boolean has(String service, int stream, int connection) {
    return ids.containsKey(new Id(service, stream, connection));
  }

  void clear() {
    ids.clear();
  }

  private record Id(String service, int stream, int connection) {}
}
