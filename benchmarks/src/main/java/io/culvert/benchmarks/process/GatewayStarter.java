// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import io.culvert.emulator.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts the gateway, for settings that no flag has: each end has a folder of configuration files.
 *
 * @param launcher starts the process.
 * @param gateway the program {@code culvert}.
 * @param service the service that it goes to.
 * @param settings what is configured besides the tunnel.
 */
record GatewayStarter(Launcher launcher, Path gateway, Service service, Settings settings)
    implements EndStarter {
  private static final String MAPPINGS = "io.culvert.ServiceMappingConfig";

  @Override
  public Child start(End end, List<String> mappings) throws IOException {
    Path conf = launcher.folder(end.label() + "-conf");
    for (Map.Entry<String, Map<String, Object>> component : components(end, mappings).entrySet()) {
      Path file = conf.resolve(component.getKey() + ".cfg.json");
      // One holds the token.
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, Json.write(component.getValue()));
    }
    Path state = launcher.folder(end.label() + "-state");
    return launcher.start(
        end.label(),
        List.of(gateway.toString(), "--conf", conf.toString(), "--state", state.toString()),
        Map.of());
  }

  private Map<String, Map<String, Object>> components(End end, List<String> mappings) {
    Map<String, Map<String, Object>> components = new HashMap<>();
    settings.components().forEach((pid, values) -> components.put(pid, new HashMap<>(values)));
    components
        .computeIfAbsent(MAPPINGS, pid -> new HashMap<>())
        .put(end == End.SOURCE ? "sources" : "destinations", mappings);
    components.put(
        "io.culvert.TunnelManager",
        Map.of("endpoint", service.endpoint(), "ca.path", service.authority().toString()));
    components.put(
        "io.culvert.Tunnel~benchmark",
        Map.of("mode", end.label(), "access.token", service.token(end)));
    return components;
  }
}
