// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.process.Child;
import io.culvert.benchmarks.process.Death;
import io.culvert.benchmarks.process.End;
import io.culvert.benchmarks.process.Launcher;
import io.culvert.benchmarks.process.ProcessException;
import io.culvert.benchmarks.process.Program;
import io.culvert.benchmarks.process.Service;
import io.culvert.benchmarks.process.Usage;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One cell with one program, once: starts everything, measures, and sees whether a process dies or
 * the time is over meanwhile. Run once, on one thread.
 */
public final class CellRun {
  private static final double MIB = 1 << 20;
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration GRACE = Duration.ofMillis(500);
  private static final Duration LONGEST_ABORT = Duration.ofSeconds(10);

  private final Cell cell;
  private final Figures figures = new Figures();
  private @Nullable String failure;
  private @Nullable Death died;

  /** Makes a run that has not begun. */
  public CellRun(Cell cell) {
    this.cell = cell;
  }

  /** Runs the cell; what goes wrong is noted, not thrown. */
  public void run(Launcher launcher, Service.Kind services, Program program)
      throws InterruptedException {
    try (Rig rig = Rig.start(launcher, services, program, cell)) {
      measure(rig);
    } catch (ProcessException e) {
      fail(e);
      died = e.died() == null ? died : e.died();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void measure(Rig rig) throws IOException, InterruptedException {
    FutureTask<Void> measuring =
        new FutureTask<>(
            () -> {
              cell.measure(rig, figures);
              return null;
            });
    Thread thread = new Thread(measuring, "measuring");
    thread.setDaemon(true);
    memory(rig);
    thread.start();
    long end = System.nanoTime() + cell.longest().toNanos();
    try {
      while (!ends(measuring, STEP)) {
        memory(rig);
        Optional<Death> death = rig.death();
        if (death.isPresent() || System.nanoTime() - end > 0) {
          failure = death.isPresent() ? null : "not done in " + cell.longest().toSeconds() + " s";
          // At first nothing more begins, so that what fails as it is cut does not begin again.
          measuring.cancel(true);
          rig.abort();
          break;
        }
      }
    } finally {
      // A cell that is interrupted notes what it has up to now.
      measuring.cancel(true);
      thread.join(LONGEST_ABORT.toMillis());
      died = death(rig).orElse(null);
    }
    memory(rig);
  }

  /** A connection that was cut is noticed before the end of the process that has cut it. */
  private Optional<Death> death(Rig rig) throws InterruptedException {
    for (End end : End.values()) {
      if (failure != null && rig.process(end).endsWithin(GRACE)) {
        break;
      }
    }
    return rig.death();
  }

  private boolean ends(FutureTask<Void> measuring, Duration time) throws InterruptedException {
    try {
      measuring.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      fail(e.getCause());
      return true;
    }
  }

  private void fail(Throwable cause) {
    String text = cause.getMessage();
    failure = text == null ? cause.toString() : text;
  }

  /** Notes what the programs that run use now; of one that dies what it had used before is kept. */
  private void memory(Rig rig) throws IOException, InterruptedException {
    note(rig.process(End.SOURCE), Figure.SOURCE_RSS, Figure.SOURCE_PEAK);
    note(rig.process(End.DESTINATION), Figure.DESTINATION_RSS, Figure.DESTINATION_PEAK);
  }

  private void note(Child process, Figure resident, Figure peak)
      throws IOException, InterruptedException {
    if (!process.isAlive()) {
      return;
    }
    try {
      Usage usage = process.usage();
      figures.put(resident, usage.residentBytes() / MIB);
      figures.put(peak, usage.peakBytes() / MIB);
    } catch (IOException e) {
      // One that has just ended has no usage any more; that it has ended is seen elsewhere.
      if (!process.endsWithin(GRACE)) {
        throw e;
      }
    }
  }

  /** Returns what was measured. */
  public Figures figures() {
    return figures;
  }

  /** Returns why it failed, or null. */
  public @Nullable String failure() {
    return failure;
  }

  /** Returns which process has died and how, or null. */
  public @Nullable Death died() {
    return died;
  }
}
