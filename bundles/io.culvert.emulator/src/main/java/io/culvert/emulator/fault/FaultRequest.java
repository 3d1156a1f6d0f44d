// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.fault;

import io.culvert.emulator.json.Json;
import io.culvert.emulator.registry.TunnelEnd;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One fault for one tunnel. Immutable.
 *
 * @param kind what is to go wrong.
 * @param parameters how.
 * @param tunnel the tunnel's id, null for the only open one.
 * @param end the end, null for both.
 */
public record FaultRequest(
    FaultKind kind, Parameters parameters, @Nullable String tunnel, @Nullable TunnelEnd end) {
  private static final String FAULT = "fault";
  private static final String TUNNEL = "tunnel";
  private static final String END = "end";

  /** Checks the parameters. */
  public FaultRequest {
    kind.bind(parameters);
  }

  List<TunnelEnd> ends() {
    return end == null ? List.of(TunnelEnd.values()) : List.of(end);
  }

  String toJson() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(FAULT, kind.wireName());
    if (tunnel != null) {
      members.put(TUNNEL, tunnel);
    }
    if (end != null) {
      members.put(END, end.wireName());
    }
    members.putAll(parameters.values());
    return Json.write(members);
  }

  /**
   * Reads a request.
   *
   * @throws IOException if it is not JSON.
   * @throws IllegalArgumentException if a value is missing or not allowed.
   */
  static FaultRequest ofJson(String text) throws IOException {
    Map<String, Object> members = Json.read(text);
    Parameters parameters = new Parameters(members);
    String kind = parameters.text(FAULT).orElse("");
    Optional<String> end = parameters.text(END);
    return new FaultRequest(
        FaultKind.ofWireName(kind)
            .orElseThrow(
                () -> new IllegalArgumentException(FAULT + " '" + kind + "': there is no such")),
        parameters,
        parameters.text(TUNNEL).orElse(null),
        end.isPresent() ? end(end.get()) : null);
  }

  private static TunnelEnd end(String name) {
    TunnelEnd end = TunnelEnd.ofWireName(name);
    if (end == null) {
      throw new IllegalArgumentException(END + " '" + name + "': must be source or destination");
    }
    return end;
  }
}
