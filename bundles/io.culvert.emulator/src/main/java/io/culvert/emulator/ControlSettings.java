// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import com.sun.net.httpserver.HttpHandler;
import java.util.Map;
import java.util.function.Function;

/**
 * How the control plane listens.
 *
 * @param port the port, 0 for one that the system chooses.
 * @param tls whether it speaks TLS.
 * @param region the AWS region to be in.
 * @param contexts further handlers by path.
 */
record ControlSettings(
    int port, boolean tls, String region, Map<String, Function<Emulator, HttpHandler>> contexts) {

  /** Makes an immutable copy of the handlers. */
  ControlSettings {
    contexts = Map.copyOf(contexts);
  }
}
