// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows several pieces of work five times a second, until it is closed. It has a thread of its own
 * and may be called from any other.
 */
public final class LiveDisplay implements AutoCloseable {
  private static final long PERIOD_MILLIS = 200;

  private final Screen screen;
  private final List<Progress> work = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer;

  public LiveDisplay(Screen screen) {
    this.screen = screen;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "demo-display");
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleWithFixedDelay(this::draw, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Shows one more piece of work. */
  public Progress add(String label, long total) {
    Progress progress = new Progress(label, total);
    work.add(progress);
    return progress;
  }

  /** Pieces of work that have ended become lines that stay. */
  private synchronized void draw() {
    int width = screen.width();
    List<Progress> ended = work.stream().filter(progress -> progress.end() != null).toList();
    work.removeAll(ended);
    screen.show(work.stream().map(progress -> ProgressLine.of(progress, width)).toList());
    ended.forEach(progress -> screen.say(ProgressLine.of(progress, width)));
  }

  /** Ends the drawing; what has not ended by now is shown no more. */
  @Override
  public void close() {
    timer.shutdownNow();
    draw();
    screen.show(List.of());
  }
}
