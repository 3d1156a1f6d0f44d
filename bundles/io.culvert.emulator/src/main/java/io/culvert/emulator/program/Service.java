// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.Emulator;
import io.culvert.emulator.EmulatorBuilder;
import io.culvert.emulator.fault.FaultControl;
import io.culvert.emulator.fault.FaultHandler;
import io.culvert.emulator.fault.FaultToken;
import io.culvert.emulator.folder.EmulatorFolder;
import io.culvert.emulator.folder.FolderException;
import io.culvert.emulator.folder.RunningEmulator;
import io.culvert.emulator.notify.BrokerSettings;
import io.culvert.emulator.notify.MqttPublisher;
import io.culvert.program.QueuedOutput;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emulator as a process: starts everything, says where it is, and ends in order on a signal. It
 * goes on if nobody reads what it says. Run once, on the main thread.
 */
final class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private static final String FAULTS = "/faults";

  private final ServeOptions options;
  private final int verbosity;
  private final PrintStream out;
  private final CompletableFuture<String> stop;

  Service(ServeOptions options, int verbosity, PrintStream out, CompletableFuture<String> stop) {
    this.options = options;
    this.verbosity = verbosity;
    this.out = out;
    this.stop = stop;
  }

  /** Returns the exit status. */
  int run() throws FolderException, StartException {
    stop.thenRun(Deadline::start);
    try (QueuedOutput queued = new QueuedOutput(out)) {
      return serve(new PrintStream(queued, false, StandardCharsets.UTF_8));
    }
  }

  private int serve(PrintStream lines) throws FolderException, StartException {
    ProgramLog.start(verbosity, lines);
    Announcement.warn(lines);
    FaultToken token = FaultToken.random();
    try (EmulatorFolder folder = EmulatorFolder.open(options.folder());
        Emulator emulator = start(folder, token)) {
      RunningEmulator running = describe(folder, emulator, token);
      try {
        folder.publish(running);
        Announcement.print(running, folder.path(), options, lines);
        stop.join();
      } finally {
        folder.withdraw();
      }
      LOG.info("Stopped by {}", stop.join());
    }
    return 0;
  }

  private Emulator start(EmulatorFolder folder, FaultToken token)
      throws FolderException, StartException {
    EmulatorBuilder builder =
        Emulator.builder()
            .certificates(folder.certificates())
            .tokenPolicy(options.tokenPolicy())
            .socketBuffer(options.socketBuffer())
            .port(options.port())
            .region(options.region())
            .controlPort(options.controlPort())
            .controlTls(options.controlTls())
            .controlContext(
                FAULTS, emulator -> new FaultHandler(token, new FaultControl(emulator::tunnels)));
    try {
      if (options.broker().isPresent()) {
        builder.notifications(publisher(options.broker().get()));
      }
      return builder.start();
    } catch (IOException e) {
      throw new StartException(
          "cannot start: " + e.getMessage() + " (see --port and --control-port)", e);
    }
  }

  private static MqttPublisher publisher(BrokerSettings broker) throws StartException {
    try {
      return MqttPublisher.start(broker);
    } catch (IOException e) {
      throw new StartException(
          "--broker '" + broker.address() + "': cannot set up TLS: " + e.getMessage(), e);
    }
  }

  private RunningEmulator describe(EmulatorFolder folder, Emulator emulator, FaultToken token) {
    return new RunningEmulator(
        ProcessHandle.current().pid(),
        options.region(),
        emulator.controlEndpoint(),
        emulator.host() + ":" + emulator.port(),
        folder.authorityFile(),
        emulator.controlEndpoint().resolve(FAULTS),
        token);
  }
}
