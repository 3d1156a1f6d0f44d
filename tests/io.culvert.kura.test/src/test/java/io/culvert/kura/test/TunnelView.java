// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;

/**
 * A tunnel as Culvert's own service lists it.
 *
 * @param name its name.
 * @param state its state.
 * @param failure the code of what is wrong, empty if nothing is.
 * @param connects how often it was connected.
 * @param addresses where it listens or connects to, one for each service.
 */
record TunnelView(String name, String state, String failure, int connects, List<String> addresses) {
  private static final String MANAGER = "io.culvert.api.TunnelManager";

  /** Returns the tunnels of this moment. */
  static List<TunnelView> all(BundleContext context) throws Exception {
    List<TunnelView> tunnels = new ArrayList<>();
    for (Object status : (List<?>) Foreign.call(context, MANAGER, "tunnels")) {
      tunnels.add(of(new Foreign(status)));
    }
    return tunnels;
  }

  private static TunnelView of(Foreign status) throws Exception {
    List<String> addresses = new ArrayList<>();
    for (Object service : (List<?>) status.call("services")) {
      addresses.add(String.valueOf(new Foreign(service).call("address")));
    }
    Object failure = status.call("failure");
    return new TunnelView(
        status.call("name").toString(),
        status.call("state").toString(),
        failure == null ? "" : new Foreign(failure).call("code").toString(),
        (int) status.call("connects"),
        addresses);
  }

  /** Returns the port of the only service. */
  int port() {
    if (addresses.size() != 1) {
      throw new AssertionError("not one service: " + this);
    }
    return ports().get(0);
  }

  /** Returns the port of each service. */
  List<Integer> ports() {
    return addresses.stream()
        .map(address -> Integer.valueOf(address.substring(address.lastIndexOf(':') + 1)))
        .toList();
  }
}
