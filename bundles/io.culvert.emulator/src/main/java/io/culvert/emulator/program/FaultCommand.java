// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.fault.FaultKind;
import io.culvert.emulator.fault.RefusedException;
import io.culvert.emulator.folder.FolderException;
import io.culvert.emulator.shape.Reframing;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emulator fault}: one command for each thing that can be made to go wrong. */
@Command(
    name = "fault",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    descriptionHeading = "%n",
    description = {
      "Makes a tunnel of the running emulator misbehave. Every command acts on both ends unless"
          + " --end is given, and on the only open tunnel unless --tunnel is given.",
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "cut, reset, close, stall, resume, lose and inject act on the clients that are connected;"
          + " what they do is over when the client is gone. handshakes, reframe, rate, delay, queue"
          + " and pings stay, for clients to come as well, until changed or cleared.",
      "'emulator status' shows what is in force.",
    })
final class FaultCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  private final FolderOption folder;

  FaultCommand(FolderOption folder) {
    this.folder = folder;
  }

  @Command(name = "cut", description = "Close the TCP connection without a good-bye.")
  int cut(@Mixin FaultTarget target) throws FolderException, RefusedException {
    return carryOut(target, FaultKind.CUT, Map.of());
  }

  @Command(name = "reset", description = "Reset the TCP connection (RST).")
  int reset(@Mixin FaultTarget target) throws FolderException, RefusedException {
    return carryOut(target, FaultKind.RESET, Map.of());
  }

  @Command(name = "close", description = "Close the WebSocket with a close frame.")
  int close(
      @Mixin FaultTarget target,
      @Parameters(
              paramLabel = "CODE",
              description = "Close code: 1000 to 1003, 1007 to 1014 or 3000 to 4999.")
          int code,
      @Parameters(
              paramLabel = "REASON",
              arity = "0..1",
              defaultValue = "",
              description = "Reason, up to 123 bytes.")
          String reason)
      throws FolderException, RefusedException {
    return carryOut(target, FaultKind.CLOSE, Map.of("code", code, "reason", reason));
  }

  @Command(
      name = "stall",
      description = "Neither read nor write any more, pongs included, until 'resume'.")
  int stall(@Mixin FaultTarget target) throws FolderException, RefusedException {
    return carryOut(target, FaultKind.STALL, Map.of());
  }

  @Command(name = "resume", description = "End 'stall'.")
  int resume(@Mixin FaultTarget target) throws FolderException, RefusedException {
    return carryOut(target, FaultKind.RESUME, Map.of());
  }

  @Command(
      name = "lose",
      description = {
        "Lose the client without a sign: its socket stays open, nothing is read or written, and"
            + " frames for it are thrown away. It ends when the client connects anew.",
      })
  int lose(@Mixin FaultTarget target) throws FolderException, RefusedException {
    return carryOut(target, FaultKind.LOSE, Map.of());
  }

  @Command(
      name = "handshakes",
      description = {
        "Turn the next clients away with an HTTP status, or cut them off with status 0. Their"
            + " access tokens are not used up.",
      })
  int handshakes(
      @Mixin FaultTarget target,
      @Parameters(paramLabel = "STATUS", description = "0, or 300 to 599.") int status,
      @Parameters(paramLabel = "COUNT", description = "How many; 0 ends it.") int count)
      throws FolderException, RefusedException {
    return carryOut(target, FaultKind.HANDSHAKES, Map.of("status", status, "count", count));
  }

  @Command(
      name = "reframe",
      description = {
        "Cut the byte stream to the client into other WebSocket messages. none: as it comes; frame:"
            + " one tunnel frame each; aggregate: as much as fits; split: 1 to 3000 bytes; byte: one"
            + " byte each; random: any length.",
      })
  int reframe(
      @Mixin FaultTarget target,
      @Parameters(
              paramLabel = "MODE",
              description = "none, frame, aggregate, split, byte or random.")
          Reframing mode,
      @Parameters(
              paramLabel = "SEED",
              arity = "0..1",
              defaultValue = "0",
              description = "The same number gives the same lengths.")
          long seed)
      throws FolderException, RefusedException {
    return carryOut(target, FaultKind.REFRAME, Map.of("mode", mode.name(), "seed", seed));
  }

  @Command(name = "rate", description = "Limit the rate to the client.")
  int rate(
      @Mixin FaultTarget target,
      @Parameters(paramLabel = "BYTES_PER_SECOND", description = "0 for no limit.") long rate)
      throws FolderException, RefusedException {
    return carryOut(target, FaultKind.RATE, Map.of("bytesPerSecond", rate));
  }

  @Command(name = "delay", description = "Delay everything to the client; the order stays.")
  int delay(
      @Mixin FaultTarget target,
      @Parameters(paramLabel = "MS", description = "Milliseconds, 0 to 3600000.") long millis)
      throws FolderException, RefusedException {
    return carryOut(target, FaultKind.DELAY, Map.of("millis", millis));
  }

  @Command(
      name = "queue",
      description = {
        "Choose how much waits for the client before the other end is no longer read; 1048576 unless"
            + " chosen. What is delayed counts, too.",
      })
  int queue(
      @Mixin FaultTarget target,
      @Parameters(paramLabel = "BYTES", description = "1 to 1073741824.") int bytes)
      throws FolderException, RefusedException {
    return carryOut(target, FaultKind.QUEUE, Map.of("bytes", bytes));
  }

  @Command(name = "pings", description = "Leave WebSocket pings without a pong, or answer again.")
  int pings(
      @Mixin FaultTarget target,
      @Parameters(paramLabel = "on|off", description = "off: no pongs; on: answer again.")
          String answer)
      throws FolderException, RefusedException {
    return carryOut(target, FaultKind.PINGS, Map.of("answer", answer));
  }

  @Command(
      name = "inject",
      description = "Send the client a message of the tunnel protocol as if from the service.")
  int inject(
      @Mixin FaultTarget target,
      @Parameters(
              paramLabel = "MESSAGE",
              description = "SESSION_RESET, STREAM_RESET or CONNECTION_RESET.")
          String message,
      @Option(
              names = "--service",
              paramLabel = "ID",
              defaultValue = "",
              description = "Service id in the message.")
          String service,
      @Option(
              names = "--stream",
              paramLabel = "N",
              defaultValue = "0",
              description = "Stream id in the message.")
          int stream,
      @Option(
              names = "--connection",
              paramLabel = "N",
              defaultValue = "0",
              description = "Connection id in the message.")
          long connection)
      throws FolderException, RefusedException {
    return carryOut(
        target,
        FaultKind.INJECT,
        Map.of("message", message, "service", service, "stream", stream, "connection", connection));
  }

  @Command(
      name = "clear",
      description = "End all that lasts: stall, handshakes, reframe, rate, delay, queue and pings.")
  int clear(@Mixin FaultTarget target) throws FolderException, RefusedException {
    return carryOut(target, FaultKind.CLEAR, Map.of());
  }

  private int carryOut(FaultTarget target, FaultKind kind, Map<String, ?> values)
      throws FolderException, RefusedException {
    try {
      spec.commandLine().getOut().println(target.carryOut(folder, kind, values));
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
