// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.server;

import java.util.List;
import java.util.Optional;

/** A version of the WebSocket subprotocol. */
enum Subprotocol {
  V1("aws.iot.securetunneling-1.0"),
  V2("aws.iot.securetunneling-2.0"),
  V3("aws.iot.securetunneling-3.0");

  private final String wireName;

  Subprotocol(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /** Tells whether the service names the services of the tunnel after the handshake. */
  static boolean namesServices(String wireName) {
    return !V1.wireName.equals(wireName);
  }

  /** Chooses the first one offered that the service knows. */
  static Optional<String> choose(List<String> offered) {
    return offered.stream().filter(Subprotocol::isKnown).findFirst();
  }

  private static boolean isKnown(String name) {
    for (Subprotocol subprotocol : values()) {
      if (subprotocol.wireName.equals(name)) {
        return true;
      }
    }
    return false;
  }
}
