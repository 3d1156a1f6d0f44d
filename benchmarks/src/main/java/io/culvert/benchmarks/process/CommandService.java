// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import io.culvert.emulator.folder.EmulatorFolder;
import io.culvert.emulator.folder.FolderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Any other relay as the service, started by a command template. Its certificate is of a throwaway
 * authority. How to change the rate while it runs is a template, too: a line that is sent to its
 * control port. It delays by whole milliseconds in each direction, so round trips have to be even.
 */
public final class CommandService implements Service {
  /** The placeholders of both templates. */
  public static final Set<String> PLACEHOLDERS =
      Set.of(
          "port",
          "ctl",
          "cert",
          "key",
          "tunnel",
          "src",
          "dst",
          "services",
          "rate",
          "delay",
          "high",
          "rcvbuf");

  private final Child process;
  private final CommandTemplate rateCommand;
  private final Map<String, String> values;

  private CommandService(Child process, CommandTemplate rateCommand, Map<String, String> values) {
    this.process = process;
    this.rateCommand = rateCommand;
    this.values = values;
  }

  /**
   * Returns how to start it.
   *
   * @param command the command line.
   * @param rateCommand the line that changes the rate.
   */
  public static Service.Kind kind(CommandTemplate command, CommandTemplate rateCommand) {
    return (launcher, request) -> start(command, rateCommand, launcher, request);
  }

  private static CommandService start(
      CommandTemplate command,
      CommandTemplate rateCommand,
      Launcher launcher,
      ServiceRequest request)
      throws IOException, InterruptedException {
    Map<String, String> values = values(makeCertificates(launcher.folder("service")), request);
    launcher.hide(values.getOrDefault("src", ""));
    launcher.hide(values.getOrDefault("dst", ""));
    Child process = launcher.start("service", command.fill(values), Map.of());
    CommandService service = new CommandService(process, rateCommand, values);
    Await.until(List.of(process), "the service", () -> Ports.isOpen(service.port("port")));
    return service;
  }

  private static Path makeCertificates(Path folder) throws ProcessException {
    try (EmulatorFolder files = EmulatorFolder.open(folder)) {
      files.certificates();
      return folder;
    } catch (FolderException e) {
      throw new ProcessException("no certificates for the service: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> values(Path folder, ServiceRequest request)
      throws IOException {
    List<Integer> ports = Ports.free(2);
    Link link = request.link();
    Map<String, String> values = new HashMap<>();
    values.put("port", ports.get(0).toString());
    values.put("ctl", ports.get(1).toString());
    values.put("cert", folder.resolve("server.pem").toString());
    values.put("key", folder.resolve("server-key.pem").toString());
    values.put("authority", folder.resolve("ca.pem").toString());
    values.put("tunnel", "benchmark");
    values.put("src", UUID.randomUUID().toString());
    values.put("dst", UUID.randomUUID().toString());
    values.put("services", String.join(":", request.services()));
    values.put("rate", Long.toString(link.bytesPerSecond()));
    values.put("delay", Integer.toString(oneWay(link.roundTripMillis())));
    values.put("high", Integer.toString(link.queue().bytes()));
    values.put("rcvbuf", Integer.toString(link.queue().receiveBuffer()));
    return values;
  }

  private static int oneWay(int roundTripMillis) throws ProcessException {
    if (roundTripMillis % 2 != 0) {
      throw new ProcessException(
          "a round trip of "
              + roundTripMillis
              + " ms: must be even, as the service is told whole milliseconds one way");
    }
    return roundTripMillis / 2;
  }

  private int port(String name) {
    return Integer.parseInt(values.getOrDefault(name, "0"));
  }

  @Override
  public String endpoint() {
    return "localhost:" + port("port");
  }

  @Override
  public Path authority() {
    return Path.of(values.getOrDefault("authority", ""));
  }

  @Override
  public String token(End end) {
    return values.getOrDefault(end == End.SOURCE ? "src" : "dst", "");
  }

  @Override
  public void limitRate(long bytesPerSecond) throws IOException {
    values.put("rate", Long.toString(bytesPerSecond));
    String line = String.join(" ", rateCommand.fill(values)) + "\n";
    try (Socket control = new Socket(InetAddress.getLoopbackAddress(), port("ctl"))) {
      control.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      control.shutdownOutput();
      control.getInputStream().readAllBytes();
    }
  }

  @Override
  public Child process() {
    return process;
  }
}
