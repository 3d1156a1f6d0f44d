// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.display.Ink;
import io.culvert.demo.display.PlainScreen;
import io.culvert.demo.display.Screen;
import io.culvert.demo.display.TerminalScreen;
import io.culvert.demo.display.TerminalSize;
import io.culvert.demo.process.Alarm;
import io.culvert.demo.process.ChildProcess;
import io.culvert.demo.process.Programs;
import io.culvert.program.StopSignals;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The demo's own program, as the start script runs it. It ends with 0 if all went well, 1 if
 * something failed, 143 if it was asked to stop.
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int STOPPED = 143;
  private static final Logger LIBRARIES = Logger.getLogger("");

  private Main() {}

  /** Runs the demo. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String... arguments) {
    // What the SSH library has to say of a connection that was cut is no news here.
    LIBRARIES.setLevel(Level.OFF);
    System.setProperty("sun.net.httpserver.nodelay", "true");
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    DemoOptions options;
    try {
      options = DemoOptions.parse(arguments);
    } catch (DemoException e) {
      out.println("demo: " + e.getMessage());
      out.flush();
      return FAILED;
    }
    try (Screen screen = screen(options, out)) {
      return run(options, screen);
    }
  }

  private static Screen screen(DemoOptions options, PrintStream out) {
    return options.terminal()
        ? new TerminalScreen(out, new TerminalSize(options.work().resolve("size")))
        : new PlainScreen(out, System::nanoTime);
  }

  private static int run(DemoOptions options, Screen screen) {
    Alarm alarm = new Alarm();
    AtomicBoolean stopped = new AtomicBoolean();
    Story story = new Story(screen, options.colours() ? Ink.COLOURS : Ink.NONE);
    try (Programs programs = new Programs(options.root(), options.work(), alarm)) {
      StopSignals.handle()
          .thenRun(
              () -> {
                stopped.set(true);
                screen.freeze();
                alarm.ring(new DemoException("stopped"));
              });
      try (Applications applications = Applications.start(options.work())) {
        story.say(
            "Culvert carries connections from an operator's machine to a gateway that nobody can");
        story.say("reach from outside. Here both are this machine, and each program is a process.");
        if (options.mosquitto().isPresent()) {
          NotifySetup setup = new NotifySetup(options, story, alarm, programs);
          showNotifications(options, story, setup.run(options.mosquitto().get(), applications));
        } else {
          showTunnel(options, story, new Setup(options, story, alarm, programs).run(applications));
        }
        return 0;
      } catch (DemoException e) {
        if (!stopped.get()) {
          explain(story, programs, e);
        }
        return stopped.get() ? STOPPED : FAILED;
      }
    }
  }

  private static void showTunnel(DemoOptions options, Story story, Rig rig) throws DemoException {
    if (options.once()) {
      new OnceRun(story, rig).run();
    } else {
      new WaitingRun(options.work(), options.root().resolve("README.md"), story).run(rig);
    }
  }

  private static void showNotifications(DemoOptions options, Story story, NotifyRig rig)
      throws DemoException {
    if (options.once()) {
      new NotifyRun(story, rig).run();
    } else {
      new NotifyWaitingRun(options.work(), story).run(rig);
    }
  }

  private static void explain(Story story, Programs programs, DemoException failure) {
    story.say("");
    story.failure(failure.getMessage());
    for (ChildProcess program : programs.started()) {
      story.say("   The last lines of the " + program.name() + ":");
      program.lastLines().forEach(line -> story.say("   | " + line));
    }
  }
}
