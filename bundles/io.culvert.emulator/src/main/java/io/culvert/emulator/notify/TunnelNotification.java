// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.notify;

import io.culvert.emulator.json.Json;
import io.culvert.emulator.registry.AccessToken;
import io.culvert.emulator.registry.TunnelEnd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a thing is told when there is a new access token for it. Immutable. Its text does not show
 * the token.
 *
 * @param tunnelId which tunnel; the thing is not told.
 * @param thingName the IoT thing.
 * @param token lets the thing into the tunnel, as its destination.
 * @param region the AWS region of the tunnel.
 * @param services the ids of the tunnel's services, possibly none.
 */
public record TunnelNotification(
    String tunnelId, String thingName, AccessToken token, String region, List<String> services) {
  /** Makes an immutable copy of the services. */
  public TunnelNotification {
    services = List.copyOf(services);
  }

  /** Returns the topic that the thing listens to. */
  public String topic() {
    return "$aws/things/" + thingName + "/tunnels/notify";
  }

  /** Returns the JSON text that is sent, with the token in clear. */
  public String payload() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("clientAccessToken", token.reveal());
    members.put("clientMode", TunnelEnd.DESTINATION.wireName());
    members.put("region", region);
    members.put("services", services);
    return Json.compact(members);
  }
}
