// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.culvert.emulator.registry.ClosedTunnelException;
import io.culvert.emulator.registry.Destination;
import io.culvert.emulator.registry.RotationMode;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.registry.TunnelRecord;
import io.culvert.emulator.registry.TunnelRegistry;
import io.culvert.emulator.registry.TunnelRequest;
import io.culvert.emulator.registry.UnknownTunnelException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The operations on tunnels, translated for the registry. Called by many threads at once. */
final class TunnelOperations {
  private static final int MAX_MINUTES = Math.toIntExact(TunnelRequest.MAX_LIFETIME.toMinutes());
  private static final List<String> CLIENT_MODES =
      Arrays.stream(RotationMode.values()).map(RotationMode::name).toList();
  private static final String TUNNEL_ID = "tunnelId";
  private static final String CLIENT_MODE = "clientMode";
  private static final String DESCRIPTION = "description";
  private static final String LIFETIME = "maxLifetimeTimeoutMinutes";

  private final TunnelRegistry registry;
  private final PresenceSource presence;
  private final Arns arns;

  TunnelOperations(TunnelRegistry registry, PresenceSource presence, Arns arns) {
    this.registry = registry;
    this.presence = presence;
    this.arns = arns;
  }

  Map<String, Operation> byName() {
    return Map.of(
        "OpenTunnel", this::open,
        "DescribeTunnel", this::describe,
        "ListTunnels", new ListTunnels(registry, arns),
        "CloseTunnel", this::close,
        "RotateTunnelAccessToken", this::rotate);
  }

  private JsonNode open(Input input) throws ApiException {
    Validation validation = new Validation();
    String description = input.string(DESCRIPTION);
    validation.check(input.path(DESCRIPTION), description, TextRule.DESCRIPTION);
    Map<String, String> tags = TagInput.read(input, validation);
    DestinationInput destination = DestinationInput.read(input, validation);
    Duration lifetime = lifetime(input, validation);
    validation.verify();
    if (tags.size() > TagInput.MAX_TAGS) {
      throw TagInput.tooMany();
    }
    TunnelRecord tunnel =
        registry.open(
            new TunnelRequest(
                description,
                destination == null ? Destination.NONE : destination.destination(),
                lifetime,
                tags));
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put(TUNNEL_ID, tunnel.id());
    answer.put("tunnelArn", arns.of(tunnel.id()));
    for (TunnelEnd end : TunnelEnd.values()) {
      answer.put(tokenName(end), registry.accessToken(tunnel.id(), end).reveal());
    }
    return answer;
  }

  private JsonNode describe(Input input) throws ApiException {
    String id = tunnelId(input);
    try {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.set("tunnel", TunnelJson.full(registry.info(id), arns, presence));
      return answer;
    } catch (UnknownTunnelException e) {
      throw unknown(id);
    }
  }

  private JsonNode close(Input input) throws ApiException {
    boolean delete = input.flag("delete");
    String id = tunnelId(input);
    try {
      registry.info(id);
    } catch (UnknownTunnelException e) {
      throw unknown(id);
    }
    if (delete) {
      registry.forget(id);
    } else {
      registry.close(id);
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private JsonNode rotate(Input input) throws ApiException {
    Validation validation = new Validation();
    String id = tunnelId(input, validation);
    String mode = input.string(CLIENT_MODE);
    validation.require(input.path(CLIENT_MODE), mode);
    validation.oneOf(input.path(CLIENT_MODE), mode, CLIENT_MODES);
    DestinationInput destination = DestinationInput.read(input, validation);
    validation.verify();
    RotationMode rotation = RotationMode.valueOf(String.valueOf(mode));
    if (destination != null && rotation == RotationMode.SOURCE) {
      throw ApiException.invalid("DestinationConfig can not be used with source clientMode");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("tunnelArn", arns.of(id));
    try {
      registry
          .rotate(id, rotation, destination == null ? null : destination.destination())
          .forEach((end, token) -> answer.put(tokenName(end), token.reveal()));
    } catch (UnknownTunnelException e) {
      throw unknown(id);
    } catch (ClosedTunnelException e) {
      throw ApiException.notFound("Tunnel " + id + " is closed");
    }
    return answer;
  }

  private static Duration lifetime(Input input, Validation validation) throws ApiException {
    Input config = input.structure("timeoutConfig");
    Integer minutes = config == null ? null : config.integer(LIFETIME);
    if (config == null || minutes == null) {
      return TunnelRequest.MAX_LIFETIME;
    }
    validation.range(config.path(LIFETIME), minutes, 1, MAX_MINUTES);
    return Duration.ofMinutes(minutes);
  }

  private static String tunnelId(Input input) throws ApiException {
    Validation validation = new Validation();
    String id = tunnelId(input, validation);
    validation.verify();
    return id;
  }

  /** Reads the id, and notes what is wrong with it. */
  private static String tunnelId(Input input, Validation validation) throws ApiException {
    String id = input.string(TUNNEL_ID);
    validation.require(input.path(TUNNEL_ID), id);
    validation.check(input.path(TUNNEL_ID), id, TextRule.TUNNEL_ID);
    return id == null ? "" : id;
  }

  private static String tokenName(TunnelEnd end) {
    return end.wireName() + "AccessToken";
  }

  private static ApiException unknown(String id) {
    return ApiException.notFound("Tunnel " + id + " does not exist");
  }
}
