// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.config.Values;

/**
 * What is decided once, when the stream bridge starts.
 *
 * @param eventLoops threads that move bytes, 0 for as many as processors, at most 2.
 * @param totalBudget bytes that may wait for local sockets in all tunnels together, 0 for a quarter
 *     of the direct memory that the process may use.
 * @param nativeTransport whether epoll is used where there is one.
 */
public record EngineSettings(int eventLoops, long totalBudget, boolean nativeTransport) {
  static EngineSettings read(Values values) {
    return new EngineSettings(
        values.integer("event.loops"),
        values.number("buffer.total") << 10,
        values.flag("native.transport"));
  }
}
