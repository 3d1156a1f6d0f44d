// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.client.WebClient;
import io.culvert.demo.process.Alarm;
import io.culvert.demo.process.ChildProcess;
import io.culvert.demo.process.Programs;
import io.culvert.demo.tunnel.ControlPlane;
import io.culvert.demo.tunnel.EmulatorAddress;
import io.culvert.demo.tunnel.GatewayFolder;
import io.culvert.demo.tunnel.OpenedTunnel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Starts everything, step by step, and tells the user about it. What it has started is ended by
 * whoever gave it. For one thread and one use.
 */
final class Setup {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final DemoOptions options;
  private final Story story;
  private final Alarm alarm;
  private final Programs programs;

  Setup(DemoOptions options, Story story, Alarm alarm, Programs programs) {
    this.options = options;
    this.story = story;
    this.alarm = alarm;
    this.programs = programs;
  }

  Rig run(Applications applications) throws DemoException {
    story.step("The emulator plays AWS: it opens tunnels and passes bytes between two ends.");
    Path folder = options.work().resolve("emulator");
    EmulatorAddress emulator = startEmulator(folder);

    story.step("A tunnel is opened for three services. Each end gets a secret token.");
    ControlPlane control = new ControlPlane(WebClient.http(), emulator.control());
    OpenedTunnel tunnel = control.open(Arrays.stream(Service.values()).map(Service::name).toList());
    story.tell("tunnel " + tunnel.id());

    story.step("Three applications run on the gateway. They know nothing of tunnels.");
    story.tell(
        "HTTP      a web server, at " + applications.site().address(),
        "SSH       an SSH server, at " + applications.shell().address(),
        "GREETING  a small one, the blue version, at " + applications.blue().address(),
        "          and the green version, at " + applications.green().address());

    story.step("The gateway's program, bin/culvert, takes one end of the tunnel.");
    GatewayFolder gateway = new GatewayFolder(options.work().resolve("gateway"));
    ChildProcess gatewayProgram = startGateway(gateway, emulator, tunnel, applications);
    alarm.until(
        () -> control.isConnected(tunnel.id(), "destination"),
        LONGEST_START,
        "the gateway to connect");
    story.success("connected (process " + gatewayProgram.pid() + ")");

    story.step("The operator's program, bin/localproxy, takes the other, and listens.");
    ChildProcess operator = startOperator(emulator, tunnel);
    Map<Service, Integer> ports = ports(operator);
    story.success("connected (process " + operator.pid() + ")");
    ports.forEach(
        (service, port) -> story.tell(String.format("%-9s localhost:%d", service.name(), port)));
    return new Rig(alarm, programs, applications, folder, gateway, gatewayProgram, operator, ports);
  }

  private EmulatorAddress startEmulator(Path folder) throws DemoException {
    ChildProcess emulator =
        programs.start(
            "emulator",
            List.of(programs.emulator().toString(), "--folder", folder.toString()),
            Map.of());
    Path file = folder.resolve("emulator.json");
    alarm.until(() -> Files.exists(file), LONGEST_START, "the emulator to start");
    EmulatorAddress address = EmulatorAddress.read(file);
    story.success("started (process " + emulator.pid() + "), on localhost only");
    return address;
  }

  private ChildProcess startGateway(
      GatewayFolder gateway,
      EmulatorAddress emulator,
      OpenedTunnel tunnel,
      Applications applications)
      throws DemoException {
    gateway.writeTunnelManager(emulator);
    gateway.writeMappings(applications.addresses(applications.blue()));
    gateway.writeTunnel(tunnel);
    return programs.start(
        "gateway",
        List.of(
            programs.gateway().toString(),
            "--conf",
            gateway.conf().toString(),
            "--state",
            gateway.state().toString()),
        Map.of());
  }

  private ChildProcess startOperator(EmulatorAddress emulator, OpenedTunnel tunnel)
      throws DemoException {
    String services =
        Arrays.stream(Service.values())
            .map(service -> service + "=0")
            .collect(Collectors.joining(","));
    return programs.start(
        "operator",
        List.of(
            programs.localproxy().toString(),
            "-e",
            emulator.data(),
            "-c",
            emulator.authority().toString(),
            "-s",
            services),
        Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", tunnel.sourceToken()));
  }

  private Map<Service, Integer> ports(ChildProcess operator) throws DemoException {
    Map<Service, Integer> ports = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      Pattern line = Pattern.compile(": service " + service + " listens on \\S*?:(\\d+)\\b");
      String port =
          alarm.get(operator.line(line), LONGEST_START, "the operator's end to connect").group(1);
      ports.put(service, Integer.valueOf(port));
    }
    return ports;
  }
}
