// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.app.Noise;
import io.culvert.demo.client.Digest;
import io.culvert.demo.client.Download;
import io.culvert.demo.client.ResumingDownload;
import io.culvert.demo.client.ShellClient;
import io.culvert.demo.client.WebClient;
import io.culvert.demo.display.Amounts;
import io.culvert.demo.display.LiveDisplay;
import io.culvert.demo.display.Progress;
import io.culvert.demo.display.Transfer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What the operator does through the tunnel. Each errand runs on a thread of its own; the methods
 * are for one thread.
 */
final class Errands implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(180);
  private static final Noise COPY = new Noise(22, 10_000_000);
  private static final String COMMAND = "uname -srm";

  private final Rig rig;
  private final WebClient web = new WebClient();
  private final ShellClient shell;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "demo-errand");
            thread.setDaemon(true);
            return thread;
          });

  Errands(Rig rig) {
    this.rig = rig;
    this.shell = new ShellClient(rig.applications().keys());
  }

  /** Fetches a page and a large file, runs a command and copies a file, all at the same time. */
  List<Transfer> allAtOnce(LiveDisplay display) throws DemoException {
    Noise file = rig.applications().file();
    Progress page = display.add("page over HTTP", 0);
    Progress download = display.add("file over HTTP", file.length());
    Progress command = display.add("command over SSH", 0);
    Progress copy = display.add("file over SSH", COPY.length());
    List<CompletableFuture<Transfer>> errands =
        List.of(
            run(() -> page(page), page),
            run(() -> transfer("file over HTTP", download("/big.bin", download).run()), download),
            run(() -> command(command), command),
            run(() -> copy(copy), copy));
    List<Transfer> results = new ArrayList<>();
    for (CompletableFuture<Transfer> errand : errands) {
      results.add(rig.alarm().get(errand, LONGEST, "all of these to be done"));
    }
    return results;
  }

  private CompletableFuture<Transfer> run(Callable<Transfer> errand, Progress progress) {
    return start(
        () -> {
          Transfer result = errand.call();
          progress.end(
              "✓ " + Amounts.bytes(result.bytes()) + " in " + Amounts.seconds(result.time()));
          return result;
        });
  }

  /** Begins an errand. */
  <T> CompletableFuture<T> start(Callable<T> errand) {
    CompletableFuture<T> result = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            result.complete(errand.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /** Prepares the download of the large file. */
  ResumingDownload download(String path, Progress progress) {
    return web.download(rig.address(Service.HTTP, path), progress, rig.alarm());
  }

  /** Compares what has been downloaded. */
  Transfer transfer(String what, Download download) {
    boolean intact = download.sha256().equals(rig.applications().file().sha256());
    return new Transfer(what, download.bytes(), download.time(), intact);
  }

  /** Asks the service GREETING, and returns its answer or nothing. */
  String greeting() throws DemoException {
    try {
      return web.page(rig.address(Service.GREETING, "/")).orElse("");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted while asking GREETING", e);
    }
  }

  /** Runs a command over SSH and compares its output with that of the command itself. */
  Transfer command(Progress progress) throws IOException {
    long begun = System.nanoTime();
    String answer = shell.run(rig.port(Service.SSH), COMMAND);
    Duration time = Duration.ofNanos(System.nanoTime() - begun);
    long bytes = answer.getBytes(StandardCharsets.UTF_8).length;
    progress.add(bytes);
    Process local = new ProcessBuilder("sh", "-c", COMMAND).start();
    String expected = new String(local.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Transfer("command over SSH", bytes, time, answer.equals(expected));
  }

  private Transfer page(Progress progress) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    String text =
        web.page(rig.address(Service.HTTP, "/"))
            .orElseThrow(() -> new IOException("the page cannot be fetched"));
    Duration time = Duration.ofNanos(System.nanoTime() - begun);
    long bytes = text.getBytes(StandardCharsets.UTF_8).length;
    progress.add(bytes);
    return new Transfer(
        "page over HTTP", bytes, time, Digest.of(text).equals(Digest.of(Page.TEXT)));
  }

  private Transfer copy(Progress progress) throws IOException {
    Path arrived = rig.applications().shell().files().resolve("copy.bin");
    return shell.copy(rig.port(Service.SSH), COPY, arrived, progress);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    shell.close();
  }
}
