// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import io.culvert.launcher.cli.Arguments;
import io.culvert.launcher.cli.Request;
import io.culvert.launcher.cli.RequestReader;
import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.log.Log;
import io.culvert.launcher.process.ExitCode;
import io.culvert.launcher.process.ExitReason;
import io.culvert.launcher.process.StateFolder;
import io.culvert.launcher.process.Version;
import io.culvert.launcher.reference.DefaultSettings;
import io.culvert.launcher.reference.InputException;
import io.culvert.program.QueuedOutput;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The program {@code localproxy} but for the parts that belong to the process itself. */
final class LocalProxy {
  private final Surroundings surroundings;
  private final Path bundles;
  private final CompletableFuture<String> stop;
  private final PrintStream out;
  private final PrintStream err;

  LocalProxy(
      Surroundings surroundings,
      Path bundles,
      CompletableFuture<String> stop,
      PrintStream out,
      PrintStream err) {
    this.surroundings = surroundings;
    this.bundles = bundles;
    this.stop = stop;
    this.out = out;
    this.err = err;
  }

  /** Does what the user asks for and returns how to exit. */
  ExitCode run(String... arguments) {
    Request request;
    try {
      request =
          new RequestReader(Version.of("localproxy"), surroundings)
              .read(Arguments.find(arguments, surroundings.environment()));
      if (request instanceof Request.Export export) {
        // Not to out, which may be the file.
        err.println(oneLine(DefaultSettings.write(export.file())));
      }
    } catch (InputException e) {
      err.println("localproxy: " + oneLine(e.getMessage()));
      return ExitCode.CONFIGURATION;
    }
    if (request instanceof Request.Show show) {
      out.println(show.text());
    }
    return request instanceof Request.Run run ? run(run.plan()) : ExitCode.OK;
  }

  private ExitCode run(LaunchPlan plan) {
    try (QueuedOutput queued = new QueuedOutput(out)) {
      Log.start(plan.verbosity(), new PrintStream(queued, false, StandardCharsets.UTF_8));
      return launch(plan);
    }
  }

  private ExitCode launch(LaunchPlan plan) {
    Log.info(Version.of("localproxy") + ", " + plan.tunnel().mode().wireName() + " mode");
    Path state = StateFolder.find(surroundings.environment(), System.getProperty("user.home"));
    Launcher launcher = new Launcher(bundles, state, stop);
    ExitReason end = launcher.run(plan);
    if (end.code() == ExitCode.OK) {
      Log.info(end.message());
    } else {
      Log.fatal(end.message());
    }
    return end.code();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
