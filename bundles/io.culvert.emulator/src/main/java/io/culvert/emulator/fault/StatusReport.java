// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.fault;

import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.journal.Traffic;
import io.culvert.emulator.registry.TunnelEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts what is known of the open tunnels into a JSON object, without any token. Stateless. */
final class StatusReport {
  private StatusReport() {}

  static Map<String, Object> of(List<EmulatedTunnel> tunnels) {
    List<Object> open = new ArrayList<>();
    for (EmulatedTunnel tunnel : tunnels) {
      if (tunnel.isOpen()) {
        open.add(tunnel(tunnel));
      }
    }
    return Map.of("tunnels", open);
  }

  private static Map<String, Object> tunnel(EmulatedTunnel tunnel) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", tunnel.id());
    members.put("services", tunnel.services());
    for (TunnelEnd end : TunnelEnd.values()) {
      members.put(end.wireName(), end(tunnel, end));
    }
    return members;
  }

  private static Map<String, Object> end(EmulatedTunnel tunnel, TunnelEnd end) {
    Traffic traffic = tunnel.traffic(end);
    long violations =
        tunnel.violations().stream().filter(violation -> violation.end() == end).count();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("connected", tunnel.isConnected(end));
    members.put("connects", traffic.connects());
    members.put("messagesSent", traffic.sent().values().stream().mapToLong(Long::longValue).sum());
    members.put("payloadBytesSent", traffic.payloadBytes());
    members.put("streamBytesReceived", traffic.streamBytesOut());
    members.put("framesDropped", traffic.droppedFrames());
    members.put("rulesBroken", violations);
    members.put("faults", tunnel.faults(end).inForce());
    return members;
  }
}
