// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import io.culvert.launcher.cli.Arguments;
import io.culvert.launcher.cli.Request;
import io.culvert.launcher.cli.RequestReader;
import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.reference.DefaultSettings;
import io.culvert.launcher.reference.InputException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The program {@code localproxy} but for the parts that belong to the process itself. */
final class LocalProxy {
  private final Surroundings surroundings;
  private final Path bundles;
  private final PrintStream out;
  private final PrintStream err;

  LocalProxy(Surroundings surroundings, Path bundles, PrintStream out, PrintStream err) {
    this.surroundings = surroundings;
    this.bundles = bundles;
    this.out = out;
    this.err = err;
  }

  /** Does what the user asks for and returns how to exit. */
  ExitCode run(String... arguments) {
    Request request;
    try {
      request =
          new RequestReader(version(), surroundings)
              .read(Arguments.find(arguments, surroundings.environment()));
      if (request instanceof Request.Export export) {
        DefaultSettings.write(export.file());
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
    Log.info(version() + ", " + plan.tunnel().mode().wireName() + " mode");
    Path state = StateFolder.find(surroundings.environment(), System.getProperty("user.home"));
    Launcher launcher = new Launcher(bundles, state);
    StopSignals.handle(launcher::stop);
    ExitReason end = launcher.run(plan);
    if (end.code() == ExitCode.OK) {
      Log.info(end.message());
    } else {
      Log.fatal(end.message());
    }
    return end.code();
  }

  private static String version() {
    String version = LocalProxy.class.getPackage().getImplementationVersion();
    return "Culvert localproxy " + (version == null ? "(unpackaged)" : version);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
