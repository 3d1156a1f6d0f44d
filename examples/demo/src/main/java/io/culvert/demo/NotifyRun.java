// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.client.ShellClient;
import io.culvert.demo.client.WebClient;
import io.culvert.demo.display.Amounts;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows by itself how a notified gateway keeps a tunnel and lets go of it, and fails where it does
 * not. For one thread and one use.
 */
final class NotifyRun {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String COMMAND = "echo $((6 * 7))";
  private static final String ANSWER = "42";
  private static final Pattern RESET =
      Pattern.compile("source gets STREAM_RESET of service '(\\w+)'");

  private final Story story;
  private final NotifyRig notified;
  private final Rig rig;
  private final WebClient web = new WebClient();
  private final Map<String, Integer> resets = new ConcurrentHashMap<>();

  NotifyRun(Story story, NotifyRig notified) {
    this.story = story;
    this.notified = notified;
    this.rig = notified.rig();
  }

  void run() throws DemoException {
    long begun = System.nanoTime();
    notified.emulator().onLine(this::count);
    try (ShellClient shell = new ShellClient(rig.applications().keys())) {
      story.step("Both services are used through the tunnel.");
      use(shell);
      rotate(shell);
    }
    close();
    Duration time = Duration.ofNanos(System.nanoTime() - begun);
    story.say("");
    story.success(
        "The gateway has opened, kept and closed the tunnel by itself; this part took "
            + Amounts.seconds(time)
            + ".");
    story.tell("./demo --notify without --once lets you do that yourself.");
  }

  private void count(String line) {
    Matcher reset = RESET.matcher(line);
    if (reset.find()) {
      resets.merge(reset.group(1), 1, Integer::sum);
    }
  }

  private void use(ShellClient shell) throws DemoException {
    command(shell);
    story.success("SSH    a command was run on the gateway");
    try {
      if (!web.page(rig.address(Service.HTTP, "/")).orElse("").equals(Page.TEXT)) {
        throw new DemoException("the page over HTTP has not arrived as it was sent");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted while fetching a page", e);
    }
    story.success("HTTP   a page was fetched from the gateway");
  }

  private void command(ShellClient shell) throws DemoException {
    try {
      String answer = shell.run(rig.port(Service.SSH), COMMAND).strip();
      if (!answer.equals(ANSWER)) {
        throw new DemoException("'" + COMMAND + "' over SSH says '" + answer + "'");
      }
    } catch (IOException e) {
      throw new DemoException("SSH does not work: " + e.getMessage(), e);
    }
  }

  private void rotate(ShellClient shell) throws DemoException {
    story.step("The gateway's token is rotated while an SSH session is open.");
    CompletableFuture<Void> session;
    try {
      session = shell.stay(rig.port(Service.SSH));
    } catch (IOException e) {
      throw new DemoException("SSH does not work: " + e.getMessage(), e);
    }
    resets.clear();
    notified.control().rotate(notified.tunnel().id());
    rig.alarm().get(session, LONGEST, "the open SSH session to end");
    story.success("the gateway was notified again, and has connected with the new token");
    use(shell);
    for (Service service : NotifySetup.SERVICES) {
      int count = resets.getOrDefault(service.name(), 0);
      story.tell(
          service + ": " + count + (count == 1 ? " reset of a stream" : " resets of streams"));
      if (count > 1) {
        throw new DemoException(service + " was interrupted " + count + " times by one rotation");
      }
    }
  }

  private void close() throws DemoException {
    story.step("The tunnel is closed.");
    rig.operatorProgram().mayEnd();
    notified.control().close(notified.tunnel().id());
    rig.alarm()
        .until(notified.gatewayTunnels()::isEmpty, LONGEST, "the gateway to leave the tunnel");
    story.success("the gateway has left it, and waits for the next notification");
  }
}
