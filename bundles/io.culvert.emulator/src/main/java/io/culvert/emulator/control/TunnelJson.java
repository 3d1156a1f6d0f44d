// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.culvert.emulator.journal.Presence;
import io.culvert.emulator.registry.Destination;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.registry.TunnelInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/** Tunnels as the API shows them. Stateless; never shows a token. */
final class TunnelJson {
  private static final int MILLIS = 3;

  private TunnelJson() {}

  /** Makes the short form, of lists. */
  static ObjectNode summary(TunnelInfo tunnel, Arns arns) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("tunnelId", tunnel.id())
            .put("tunnelArn", arns.of(tunnel))
            .put("status", tunnel.isOpen() ? "OPEN" : "CLOSED")
            .put("createdAt", timestamp(tunnel.createdAt()))
            .put("lastUpdatedAt", timestamp(tunnel.updatedAt()));
    if (tunnel.description() != null) {
      json.put("description", tunnel.description());
    }
    return json;
  }

  /** Makes the long form. */
  static ObjectNode full(TunnelInfo tunnel, Arns arns, PresenceSource presence) {
    ObjectNode json = summary(tunnel, arns);
    for (TunnelEnd end : TunnelEnd.values()) {
      presence
          .presence(tunnel.id(), end)
          .ifPresent(state -> json.set(end.wireName() + "ConnectionState", presence(state)));
    }
    if (!tunnel.destination().equals(Destination.NONE)) {
      json.set("destinationConfig", destination(tunnel.destination()));
    }
    json.putObject("timeoutConfig")
        .put("maxLifetimeTimeoutMinutes", Math.toIntExact(tunnel.lifetime().toMinutes()));
    json.set("tags", tags(tunnel.tags()));
    return json;
  }

  static ArrayNode tags(Map<String, String> tags) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    tags.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
    return list;
  }

  private static JsonNode presence(Presence presence) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("status", presence.isConnected() ? "CONNECTED" : "DISCONNECTED")
        .put("lastUpdatedAt", timestamp(presence.since()));
  }

  private static JsonNode destination(Destination destination) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (destination.thingName() != null) {
      json.put("thingName", destination.thingName());
    }
    ArrayNode services = json.putArray("services");
    destination.services().forEach(services::add);
    return json;
  }

  private static BigDecimal timestamp(Instant instant) {
    return BigDecimal.valueOf(instant.toEpochMilli(), MILLIS);
  }
}
