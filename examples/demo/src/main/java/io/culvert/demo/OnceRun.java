// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.display.Amounts;
import io.culvert.demo.display.LiveDisplay;
import io.culvert.demo.display.ResultTable;
import io.culvert.demo.display.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows by itself what the tunnel can do, and fails where it cannot. For one thread and one use.
 */
final class OnceRun {
  private final Story story;
  private final Rig rig;

  OnceRun(Story story, Rig rig) {
    this.story = story;
    this.rig = rig;
  }

  void run() throws DemoException {
    long begun = System.nanoTime();
    List<Transfer> results = new ArrayList<>();
    try (Errands errands = new Errands(rig)) {
      story.step("All at once through this one tunnel: a page, a large file, a command, a copy.");
      try (LiveDisplay display = new LiveDisplay(story.screen())) {
        results.addAll(errands.allAtOnce(display));
      }
      results.add(new Changes(story, rig, errands).run());
    }
    story.step("What has arrived, compared with what was sent:");
    ResultTable.of(results).forEach(story::say);
    for (Transfer result : results) {
      if (!result.intact()) {
        throw new DemoException(result.what() + ": what arrived is not what was sent");
      }
    }
    Duration time = Duration.ofNanos(System.nanoTime() - begun);
    story.say("");
    story.success("Everything has arrived as it was sent, in " + Amounts.seconds(time) + ".");
    story.tell("./demo without --once lets you use the tunnel yourself.");
  }
}
