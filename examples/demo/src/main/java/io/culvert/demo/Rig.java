// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.process.Alarm;
import io.culvert.demo.process.ChildProcess;
import io.culvert.demo.process.Programs;
import io.culvert.demo.tunnel.GatewayFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that runs: the three programs, the applications, and where everything is. Closing it ends
 * them.
 *
 * @param alarm rings when one of the programs dies, or the user has had enough.
 * @param gateway the gateway's folders.
 * @param ports where the services are at the operator's end.
 */
record Rig(
    Alarm alarm,
    Programs programs,
    Applications applications,
    Path emulatorFolder,
    GatewayFolder gateway,
    ChildProcess gatewayProgram,
    ChildProcess operatorProgram,
    Map<Service, Integer> ports) {

  /** Returns the port of a service at the operator's end. */
  int port(Service service) {
    return ports.getOrDefault(service, 0);
  }

  /** Returns an address of a service at the operator's end. */
  URI address(Service service, String path) {
    return URI.create("http://localhost:" + port(service) + path);
  }

  /** Returns the command that cuts the operator's connection to the tunnelling service. */
  List<String> cutCommand() {
    return List.of(
        programs.emulator().toString(),
        "fault",
        "cut",
        "--folder",
        emulatorFolder.toString(),
        "--end",
        "source");
  }
}
