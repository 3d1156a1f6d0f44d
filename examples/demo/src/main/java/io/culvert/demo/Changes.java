// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.client.Download;
import io.culvert.demo.client.ResumingDownload;
import io.culvert.demo.display.Amounts;
import io.culvert.demo.display.LiveDisplay;
import io.culvert.demo.display.Progress;
import io.culvert.demo.display.Transfer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Changes something while a file is on its way: moves a service to another application, then cuts
 * the connection. For one thread and one use.
 */
final class Changes {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String FILE = "file, cut on its way";

  private final Story story;
  private final Rig rig;
  private final Errands errands;

  Changes(Story story, Rig rig, Errands errands) {
    this.story = story;
    this.rig = rig;
    this.errands = errands;
  }

  /** Returns what became of the file. */
  Transfer run() throws DemoException {
    story.step("The file again, at most 20 MB/s. Meanwhile GREETING gets another application.");
    Transfer result;
    try (LiveDisplay display = new LiveDisplay(story.screen())) {
      Progress progress = display.add("file, once more", rig.applications().file().length());
      ResumingDownload download = errands.download("/paced.bin", progress);
      CompletableFuture<Download> running = errands.start(download::run);
      rig.alarm().until(() -> progress.done() > 0, LONGEST, "the file to begin");
      remap(download, running);

      story.step("Now the operator's connection is cut, in the middle of the download.");
      cut(download);
      rig.applications().pace().release();
      Download done = rig.alarm().get(running, LONGEST.multipliedBy(3), "the download to end");
      result = errands.transfer(FILE, done);
      progress.end("✓ " + Amounts.bytes(done.bytes()) + " in " + Amounts.seconds(done.time()));
    }
    proveOthers();
    return result;
  }

  private void remap(ResumingDownload download, CompletableFuture<Download> running)
      throws DemoException {
    expect(Applications.BLUE);
    long changed = System.nanoTime();
    rig.gateway().writeMappings(rig.applications().addresses(rig.applications().green()));
    story.tell("The gateway's file " + rig.gateway().mappingsFile().getFileName() + " is changed.");
    expect(Applications.GREEN);
    if (running.isDone() || download.breaks() > 0) {
      throw new DemoException("the download did not go on while GREETING moved");
    }
    story.success(
        Amounts.seconds(since(changed))
            + " later it applies. The download has gone on without a break.");
  }

  /** Asks GREETING until the answer is as told, and shows it. */
  private void expect(String answer) throws DemoException {
    rig.alarm()
        .until(
            () -> errands.greeting().equals(answer), LONGEST, "GREETING to say: " + answer.strip());
    story.tell("GREETING says: " + answer.strip());
  }

  private void cut(ResumingDownload download) throws DemoException {
    story.tell("bin/emulator fault cut --end source");
    try {
      Process command = start(new ProcessBuilder(rig.cutCommand()), rig.programs().environment());
      rig.alarm().get(command.onExit(), LONGEST, "the connection to be cut");
      if (command.exitValue() != 0) {
        throw new DemoException(
            "the connection could not be cut: "
                + new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip());
      }
    } catch (IOException e) {
      throw new DemoException("the connection could not be cut: " + e.getMessage(), e);
    }
    story.tell("The connection is cut.");
    rig.alarm().until(() -> download.breaks() > 0, LONGEST, "the download to notice the cut");
    report(download);
  }

  private static Process start(ProcessBuilder builder, Map<String, String> environment)
      throws IOException {
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).start();
  }

  private void report(ResumingDownload download) throws DemoException {
    rig.alarm().until(() -> !download.recovered().isEmpty(), LONGEST, "the download to go on");
    Download.Break first = download.recovered().get(0);
    story.success(Amounts.seconds(first.recovery()) + " after the break a new connection worked.");
    story.tell(
        String.format(
            Locale.ROOT,
            "The download has gone on at byte %,d, as with: curl -C -",
            first.place()));
  }

  private void proveOthers() throws DemoException {
    Progress unseen = new Progress("", 0);
    Transfer command =
        rig.alarm().get(errands.start(() -> errands.command(unseen)), LONGEST, "SSH to work again");
    if (!command.intact() || !errands.greeting().equals(Applications.GREEN)) {
      throw new DemoException("SSH or GREETING does not work after the cut");
    }
    story.success("SSH and GREETING work again, too, and GREETING is still the green one.");
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }
}
