// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import java.nio.file.Path;

/** Says what to type, and then what happens, until the user ends it. */
final class NotifyWaitingRun {
  private final Path work;
  private final Story story;

  NotifyWaitingRun(Path work, Story story) {
    this.work = work;
    this.story = story;
  }

  void run(NotifyRig notified) throws DemoException {
    Rig rig = notified.rig();
    Path config =
        SshFiles.write(work.resolve("ssh"), rig.port(Service.SSH), rig.applications().keys());
    String tunnel = "\"tunnelId\":\"" + notified.tunnel().id() + "\"";
    story.step("It is yours. Type this in another terminal:");
    story.tell("A page, and a simple shell on the gateway (which is this machine):");
    story.type("curl " + rig.address(Service.HTTP, "/"));
    story.type("ssh -F " + WaitingRun.quoted(config) + " gateway");
    story.tell("Rotate the gateway's token. It gets the new one over MQTT; open sessions end:");
    story.type(
        api(notified, "RotateTunnelAccessToken", tunnel + ",\"clientMode\":\"DESTINATION\""));
    story.tell("Open another tunnel for the same thing:");
    story.type(
        api(
            notified,
            "OpenTunnel",
            "\"destinationConfig\":{\"thingName\":\""
                + NotifySetup.THING
                + "\",\"services\":[\"SSH\",\"HTTP\"]}"));
    story.tell("Close the first tunnel. The operator's program ends, the gateway goes on waiting:");
    story.type(api(notified, "CloseTunnel", tunnel));
    story.say("");
    story.tell(
        "The logs of the four programs: " + work.resolve("log"),
        "Ctrl-C stops everything and removes every file. What happens until then:");
    story.say("");
    rig.operatorProgram().mayEnd();
    rig.gatewayProgram().onLine(line -> story.tell("gateway: " + line));
    rig.alarm().await();
  }

  /** The AWS CLI would do the same; the answer holds tokens, so it is not shown. */
  private static String api(NotifyRig notified, String operation, String members) {
    return "curl -o /dev/null -H 'Content-Type: application/x-amz-json-1.1' -H 'X-Amz-Target:"
        + " IoTSecuredTunneling."
        + operation
        + "' -d '{"
        + members
        + "}' "
        + notified.control().endpoint()
        + "/";
  }
}
