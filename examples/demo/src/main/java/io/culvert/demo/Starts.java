// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.process.Alarm;
import io.culvert.demo.process.ChildProcess;
import io.culvert.demo.process.Programs;
import io.culvert.demo.tunnel.EmulatorAddress;
import io.culvert.demo.tunnel.GatewayFolder;
import io.culvert.demo.tunnel.OpenedTunnel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Starts the three programs, and tells the user of it. For one thread. */
final class Starts {
  /** For a program, until it does what it is for. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  private final Story story;
  private final Alarm alarm;
  private final Programs programs;

  Starts(Story story, Alarm alarm, Programs programs) {
    this.story = story;
    this.alarm = alarm;
    this.programs = programs;
  }

  /** The emulator as it runs. */
  record Emulator(ChildProcess program, EmulatorAddress address) {}

  /** Starts the emulator and waits until it listens. */
  Emulator emulator(Path folder, List<String> options) throws DemoException {
    List<String> command =
        new ArrayList<>(List.of(programs.emulator().toString(), "--folder", folder.toString()));
    command.addAll(options);
    ChildProcess program = programs.start("emulator", command, Map.of());
    Path file = folder.resolve("emulator.json");
    alarm.until(() -> Files.exists(file), LONGEST, "the emulator to start");
    EmulatorAddress address = EmulatorAddress.read(file);
    story.success("started (process " + program.pid() + "), on localhost only");
    return new Emulator(program, address);
  }

  /** Starts the gateway's program, with all that its folder says by now. */
  ChildProcess gateway(GatewayFolder folder) throws DemoException {
    return programs.start(
        "gateway",
        List.of(
            programs.gateway().toString(),
            "--conf",
            folder.conf().toString(),
            "--state",
            folder.state().toString()),
        Map.of());
  }

  /** Starts the operator's program. */
  ChildProcess operator(EmulatorAddress emulator, OpenedTunnel tunnel, List<Service> services)
      throws DemoException {
    return programs.start(
        "operator",
        List.of(
            programs.localproxy().toString(),
            "-e",
            emulator.data(),
            "-c",
            emulator.authority().toString(),
            "-s",
            services.stream().map(service -> service + "=0").collect(Collectors.joining(","))),
        Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", tunnel.sourceToken()));
  }

  /** Waits until the operator's program listens, and returns where. */
  Map<Service, Integer> ports(ChildProcess operator, List<Service> services) throws DemoException {
    Map<Service, Integer> ports = new EnumMap<>(Service.class);
    for (Service service : services) {
      Pattern line = Pattern.compile(": service " + service + " listens on \\S*?:(\\d+)\\b");
      String port =
          alarm.get(operator.line(line), LONGEST, "the operator's end to connect").group(1);
      ports.put(service, Integer.valueOf(port));
    }
    story.success("connected (process " + operator.pid() + ")");
    ports.forEach(
        (service, port) -> story.tell(String.format("%-9s localhost:%d", service.name(), port)));
    return ports;
  }
}
