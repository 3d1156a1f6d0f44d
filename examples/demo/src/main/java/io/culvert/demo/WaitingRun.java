// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.display.Amounts;
import io.culvert.demo.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Says what to type, and then what happens, until the user ends it. */
final class WaitingRun {
  private final Path work;
  private final Path readme;
  private final Story story;

  WaitingRun(Path work, Path readme, Story story) {
    this.work = work;
    this.readme = readme;
    this.story = story;
  }

  void run(Rig rig) throws DemoException {
    Path config =
        SshFiles.write(work.resolve("ssh"), rig.port(Service.SSH), rig.applications().keys());
    invite(rig, config);
    follow(rig.operatorProgram(), "operator's end");
    follow(rig.gatewayProgram(), "gateway's end");
    rig.alarm().await();
  }

  private void invite(Rig rig, Path config) throws DemoException {
    story.step("It is yours. Type this in another terminal:");
    story.tell("A page, and a file of " + Amounts.bytes(rig.applications().file().length()) + ":");
    story.type("curl " + rig.address(Service.HTTP, "/"));
    story.type("curl -o big.bin " + rig.address(Service.HTTP, "/big.bin"));
    story.tell("A simple shell on the gateway (which is this machine), and a copy to its folder:");
    story.type("ssh -F " + quoted(config) + " gateway");
    story.type("scp -F " + quoted(config) + " " + quoted(readme) + " gateway:");
    story.type("ssh -F " + quoted(config) + " gateway ls -l");
    story.tell(
        "Cut the operator's connection. It comes back by itself after a second, and says so here:");
    story.type(String.join(" ", rig.cutCommand().stream().map(WaitingRun::quoted).toList()));
    story.tell("Move the service GREETING to the green application; that takes about two seconds:");
    Path green = greenMappings(rig);
    story.type("curl " + rig.address(Service.GREETING, "/"));
    story.type("cp " + quoted(green) + " " + quoted(rig.gateway().mappingsFile()));
    story.type("curl " + rig.address(Service.GREETING, "/"));
    story.say("");
    story.tell(
        "The logs of the three programs: " + work.resolve("log"),
        "Ctrl-C stops everything and removes every file. What happens until then:");
    story.say("");
  }

  private Path greenMappings(Rig rig) throws DemoException {
    Path file = work.resolve("green.json");
    rig.gateway().writeMappings(file, rig.applications().addresses(rig.applications().green()));
    try {
      Path blue = work.resolve("blue.json");
      Files.copy(rig.gateway().mappingsFile(), blue, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new DemoException("cannot copy the mappings: " + e.getMessage(), e);
    }
    return file;
  }

  private void follow(ChildProcess program, String end) {
    program.onLine(
        line -> TunnelEvent.parse(line).ifPresent(event -> story.tell(end + ": " + event.text())));
  }

  /** Quotes a path for a shell if it needs that. */
  static String quoted(Path path) {
    return quoted(path.toString());
  }

  private static String quoted(String word) {
    boolean plain =
        word.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/._-~+:=@,".indexOf(c) >= 0);
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
