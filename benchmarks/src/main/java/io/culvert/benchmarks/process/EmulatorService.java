// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import io.culvert.emulator.fault.FaultClient;
import io.culvert.emulator.fault.FaultKind;
import io.culvert.emulator.fault.FaultRequest;
import io.culvert.emulator.fault.Parameters;
import io.culvert.emulator.fault.RefusedException;
import io.culvert.emulator.folder.EmulatorFolder;
import io.culvert.emulator.folder.FolderException;
import io.culvert.emulator.folder.RunningEmulator;
import io.culvert.emulator.registry.TunnelEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The project's own emulator as the service, in a process of its own. */
public final class EmulatorService implements Service {
  /** Enough not to be what is measured. */
  private static final String JAVA_OPTIONS = "-Xmx512m -XX:MaxDirectMemorySize=512m";

  /** More than any program gets through a tunnel. */
  private static final long FASTEST = 1L << 30;

  private final Child process;
  private final RunningEmulator emulator;
  private final OpenedTunnel tunnel;
  private final FaultClient faults;

  private EmulatorService(
      Child process, RunningEmulator emulator, OpenedTunnel tunnel, FaultClient faults) {
    this.process = process;
    this.emulator = emulator;
    this.tunnel = tunnel;
    this.faults = faults;
  }

  /**
   * Returns how to start it.
   *
   * @param program the program {@code emulator}.
   */
  public static Service.Kind kind(Path program) {
    return (launcher, request) -> start(program, launcher, request);
  }

  private static EmulatorService start(Path program, Launcher launcher, ServiceRequest request)
      throws IOException, InterruptedException {
    Path folder = launcher.folder("service");
    Link link = request.link();
    Child process =
        launcher.start(
            "service",
            List.of(
                program.toString(),
                "--folder",
                folder.toString(),
                "--socket-buffer",
                Integer.toString(link.queue().receiveBuffer()),
                "--token-policy",
                "reusable"),
            Map.of("CULVERT_JAVA_OPTS", JAVA_OPTIONS));
    Await.until(
        List.of(process), "the emulator", () -> Files.exists(folder.resolve("emulator.json")));
    try {
      RunningEmulator emulator = EmulatorFolder.running(folder);
      OpenedTunnel tunnel = OpenedTunnel.open(emulator.controlEndpoint(), request.services());
      launcher.hide(tunnel.sourceToken());
      launcher.hide(tunnel.destinationToken());
      launcher.hide(emulator.faultToken().reveal());
      FaultClient faults =
          new FaultClient(emulator.faultEndpoint(), emulator.faultToken(), SSLContext.getDefault());
      EmulatorService service = new EmulatorService(process, emulator, tunnel, faults);
      int toSource = link.roundTripMillis() / 2;
      service.set(FaultKind.DELAY, "millis", toSource, TunnelEnd.SOURCE);
      service.set(
          FaultKind.DELAY, "millis", link.roundTripMillis() - toSource, TunnelEnd.DESTINATION);
      // The emulator counts what is delayed as queued.
      long queue = link.queue().bytes() + link.bytesOnTheWay(FASTEST);
      service.set(FaultKind.QUEUE, "bytes", queue, null);
      service.limitRate(link.bytesPerSecond());
      return service;
    } catch (FolderException | NoSuchAlgorithmException e) {
      throw new ProcessException("the emulator cannot be used: " + e.getMessage(), e);
    }
  }

  private void set(FaultKind kind, String parameter, long value, @Nullable TunnelEnd end)
      throws ProcessException {
    try {
      Parameters parameters = new Parameters(Map.of(parameter, value));
      faults.carryOut(new FaultRequest(kind, parameters, tunnel.id(), end));
    } catch (RefusedException e) {
      throw new ProcessException(
          "the emulator refuses " + kind.wireName() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String endpoint() {
    return emulator.dataEndpoint();
  }

  @Override
  public Path authority() {
    return emulator.authority();
  }

  @Override
  public String token(End end) {
    return end == End.SOURCE ? tunnel.sourceToken() : tunnel.destinationToken();
  }

  @Override
  public void limitRate(long bytesPerSecond) throws ProcessException {
    set(FaultKind.RATE, "bytesPerSecond", bytesPerSecond, null);
  }

  @Override
  public Child process() {
    return process;
  }
}
