// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

/**
 * How long a request to the control plane may take. The HTTP server of the JDK has a thread for
 * each request that has begun, so without a limit a few clients that never finish theirs would keep
 * everybody else out.
 */
final class RequestLimits {
  private static final String SECONDS = "5";

  private RequestLimits() {}

  /** Sets the limits that the user has not set. Only the first server of a JVM looks at them. */
  static void set() {
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", SECONDS);
    System.getProperties().putIfAbsent("sun.net.httpserver.maxRspTime", SECONDS);
  }
}
