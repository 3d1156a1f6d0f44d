// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.registry.TunnelEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the answer of the fault control into a table. Stateless. */
final class StatusTable {
  private static final List<String> HEAD =
      List.of(
          "TUNNEL",
          "SERVICES",
          "END",
          "CLIENT",
          "CONNECTS",
          "MESSAGES",
          "PAYLOAD",
          "BROKEN",
          "FAULTS");

  private StatusTable() {}

  static List<String> lines(Map<String, Object> status) {
    List<List<String>> rows = new ArrayList<>();
    for (Object tunnel : list(status.get("tunnels"))) {
      Map<?, ?> members = map(tunnel);
      for (TunnelEnd end : TunnelEnd.values()) {
        rows.add(row(members, end, map(members.get(end.wireName()))));
      }
    }
    if (rows.isEmpty()) {
      return List.of("No tunnel is open.");
    }
    rows.add(0, HEAD);
    return aligned(rows);
  }

  private static List<String> row(Map<?, ?> tunnel, TunnelEnd end, Map<?, ?> members) {
    boolean first = end == TunnelEnd.SOURCE;
    return List.of(
        first ? text(tunnel.get("id")) : "",
        first ? joined(tunnel.get("services")) : "",
        end.wireName(),
        Boolean.TRUE.equals(members.get("connected")) ? "connected" : "-",
        text(members.get("connects")),
        text(members.get("messagesSent")),
        text(members.get("payloadBytesSent")),
        text(members.get("rulesBroken")),
        joined(members.get("faults")));
  }

  private static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static String joined(@Nullable Object values) {
    String text = list(values).stream().map(String::valueOf).collect(Collectors.joining(", "));
    return text.isEmpty() ? "-" : text;
  }

  private static String text(@Nullable Object value) {
    return value == null ? "-" : value.toString();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
