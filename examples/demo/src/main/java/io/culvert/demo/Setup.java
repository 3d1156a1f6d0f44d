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
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Starts everything, step by step, and tells the user about it. What it has started is ended by
 * whoever gave it. For one thread and one use.
 */
final class Setup {
  private final DemoOptions options;
  private final Story story;
  private final Alarm alarm;
  private final Programs programs;
  private final Starts starts;

  Setup(DemoOptions options, Story story, Alarm alarm, Programs programs) {
    this.options = options;
    this.story = story;
    this.alarm = alarm;
    this.programs = programs;
    this.starts = new Starts(story, alarm, programs);
  }

  Rig run(Applications applications) throws DemoException {
    story.step("The emulator plays AWS: it opens tunnels and passes bytes between two ends.");
    Path folder = options.work().resolve("emulator");
    EmulatorAddress emulator = starts.emulator(folder, List.of()).address();

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
    gateway.writeTunnelManager(emulator);
    gateway.writeMappings(applications.addresses(applications.blue()));
    gateway.writeTunnel(tunnel);
    ChildProcess gatewayProgram = starts.gateway(gateway);
    alarm.until(
        () -> control.isConnected(tunnel.id(), "destination"),
        Starts.LONGEST,
        "the gateway to connect");
    story.success("connected (process " + gatewayProgram.pid() + ")");

    story.step("The operator's program, bin/localproxy, takes the other, and listens.");
    List<Service> services = List.of(Service.values());
    ChildProcess operator = starts.operator(emulator, tunnel, services);
    Map<Service, Integer> ports = starts.ports(operator, services);
    return new Rig(alarm, programs, applications, folder, gateway, gatewayProgram, operator, ports);
  }
}
