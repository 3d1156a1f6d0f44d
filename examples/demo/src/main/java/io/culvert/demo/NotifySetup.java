// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.broker.Broker;
import io.culvert.demo.client.WebClient;
import io.culvert.demo.process.Alarm;
import io.culvert.demo.process.ChildProcess;
import io.culvert.demo.process.Programs;
import io.culvert.demo.tunnel.ControlPlane;
import io.culvert.demo.tunnel.GatewayFolder;
import io.culvert.demo.tunnel.OpenedTunnel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Starts everything for a gateway that is told of tunnels over MQTT, and opens the first. What it
 * has started is ended by whoever gave it. For one thread and one use.
 */
final class NotifySetup {
  static final String THING = "demo-gateway";
  static final List<Service> SERVICES = List.of(Service.SSH, Service.HTTP);

  private static final Pattern SUBSCRIBED =
      Pattern.compile(Pattern.quote("$aws/things/" + THING + "/tunnels/notify"));

  private final DemoOptions options;
  private final Story story;
  private final Alarm alarm;
  private final Programs programs;
  private final Starts starts;

  NotifySetup(DemoOptions options, Story story, Alarm alarm, Programs programs) {
    this.options = options;
    this.story = story;
    this.alarm = alarm;
    this.programs = programs;
    this.starts = new Starts(story, alarm, programs);
  }

  NotifyRig run(Path mosquitto, Applications applications) throws DemoException {
    story.step("An MQTT broker, mosquitto, takes the place of AWS IoT Core.");
    Broker broker = Broker.prepare(options.work().resolve("broker"), THING);
    ChildProcess brokerProgram = programs.start("broker", broker.command(mosquitto), Map.of());
    alarm.get(brokerProgram.line(Broker.RUNNING), Starts.LONGEST, "the broker to start");
    story.success("started (process " + brokerProgram.pid() + "), at " + broker.address());
    story.tell("Everybody shows a certificate, and the gateway may read its own topic only.");

    story.step("The emulator plays AWS's tunnel service, and notifies things at that broker.");
    Starts.Emulator emulator =
        starts.emulator(options.work().resolve("emulator"), brokerOptions(broker));

    story.step("The gateway's program, bin/culvert, has no tunnel. It waits for notifications.");
    GatewayFolder gateway = new GatewayFolder(options.work().resolve("gateway"));
    gateway.writeTunnelManager(emulator.address());
    gateway.writeMappings(addresses(applications));
    gateway.writeNotifications(broker, THING);
    ChildProcess gatewayProgram = starts.gateway(gateway);
    GatewayTunnels gatewayTunnels = new GatewayTunnels();
    gatewayProgram.onLine(gatewayTunnels::read);
    alarm.get(brokerProgram.line(SUBSCRIBED), Starts.LONGEST, "the gateway to subscribe");
    story.success("listens as the thing " + THING + " (process " + gatewayProgram.pid() + ")");

    story.step("A tunnel is opened for that thing, for SSH and HTTP. Nobody touches the gateway.");
    ControlPlane control = new ControlPlane(WebClient.http(), emulator.address().control());
    OpenedTunnel tunnel = control.open(THING, SERVICES.stream().map(Service::name).toList());
    story.tell("tunnel " + tunnel.id());
    alarm.until(
        () -> control.isConnected(tunnel.id(), "destination"),
        Starts.LONGEST,
        "the gateway to connect by itself");
    story.success("the gateway was notified, and has connected by itself");

    story.step("The operator's program, bin/localproxy, takes the other end, and listens.");
    ChildProcess operator = starts.operator(emulator.address(), tunnel, SERVICES);
    Map<Service, Integer> ports = starts.ports(operator, SERVICES);
    Path folder = options.work().resolve("emulator");
    Rig rig =
        new Rig(alarm, programs, applications, folder, gateway, gatewayProgram, operator, ports);
    return new NotifyRig(rig, emulator.program(), control, gatewayTunnels, tunnel);
  }

  /** With -v the emulator tells of every message that resets a stream. */
  private static List<String> brokerOptions(Broker broker) {
    return List.of(
        "-v",
        "--broker",
        broker.address(),
        "--broker-ca",
        broker.authority().toString(),
        "--broker-certificate",
        broker.certificate(Broker.SENDER).toString(),
        "--broker-key",
        broker.key(Broker.SENDER).toString());
  }

  private static Map<String, String> addresses(Applications applications) {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put(Service.SSH.name(), applications.shell().address());
    addresses.put(Service.HTTP.name(), applications.site().address());
    return addresses;
  }
}
