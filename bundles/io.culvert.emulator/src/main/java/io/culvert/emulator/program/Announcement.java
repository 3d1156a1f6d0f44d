// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.folder.RunningEmulator;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the emulator says when it starts. Stateless. */
final class Announcement {
  private Announcement() {}

  /** Says first of all what this is not. */
  static void warn(PrintStream out) {
    print(
        out,
        List.of(
            "FOR DEVELOPMENT AND TESTS ONLY: signatures and permissions are NOT checked; whoever"
                + " reaches a port of this machine's loopback may open and use tunnels."));
  }

  /**
   * Says where everything is and what to type.
   *
   * @param running where everything is.
   * @param options how it was started.
   */
  static void print(RunningEmulator running, Path folder, ServeOptions options, PrintStream out) {
    String control = running.controlEndpoint().toString();
    boolean tls = control.startsWith("https:");
    String fault =
        "emulator fault cut" + (options.isDefaultFolder() ? "" : " --folder " + quoted(folder));
    List<String> lines = new ArrayList<>();
    lines.add("Control plane  " + control + "  (region " + running.region() + ")");
    lines.add("Data plane     " + running.dataEndpoint() + "  (TLS)");
    lines.add("Trust          " + running.authority());
    options
        .broker()
        .ifPresent(
            broker ->
                lines.add(
                    "Notifications  " + broker.address() + "  ($aws/things/THING/tunnels/notify)"));
    lines.add("");
    options
        .webProxyHint()
        .ifPresent(
            hint -> {
              lines.add("There is a web proxy in the environment. To get past it, first of all:");
              lines.add("  " + hint);
            });
    lines.add("Open a tunnel, with any credentials:");
    lines.add(
        "  "
            + (tls ? "AWS_CA_BUNDLE=" + quoted(running.authority()) + " " : "")
            + "AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x aws iotsecuretunneling open-tunnel"
            + " --region "
            + running.region()
            + " --endpoint-url "
            + control
            + " --destination-config services=SSH,HTTP");
    lines.add("Connect its two ends, each with its token in AWSIOT_TUNNEL_ACCESS_TOKEN:");
    String proxy =
        "  localproxy -e " + running.dataEndpoint() + " -c " + quoted(running.authority());
    lines.add(proxy + " -d SSH=22,HTTP=8080");
    lines.add(proxy + " -s SSH=5522,HTTP=5580");
    lines.add("A gateway needs this in conf/io.culvert.TunnelManager.cfg.json:");
    lines.add(
        "  {\"endpoint\": "
            + json(running.dataEndpoint())
            + ", \"ca.path\": "
            + json(running.authority().toString())
            + "}");
    lines.add("Make things go wrong, and see how it is:");
    lines.add("  " + fault);
    lines.add("  " + fault.replace("fault cut", "status"));
    lines.add("");
    print(out, lines);
  }

  /** Quotes a path for a shell if it needs that. */
  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9_./+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Makes a string of JSON. */
  private static String json(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static void print(PrintStream out, List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }
}
