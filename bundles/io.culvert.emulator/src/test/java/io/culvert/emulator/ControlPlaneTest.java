// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static io.culvert.emulator.Messages.data;
import static io.culvert.emulator.Messages.streamStart;
import static io.culvert.emulator.registry.TunnelEnd.DESTINATION;
import static io.culvert.emulator.registry.TunnelEnd.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.culvert.emulator.registry.TunnelEnd;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the API says and what it does to clients of the data plane. */
class ControlPlaneTest extends ControlFixture {
  @Test
  void openedTunnelIsDescribedAsItWasAskedFor() throws Exception {
    JsonNode opened =
        api.call(
            "OpenTunnel",
            "{'description':'to gate 7','tags':[{'key':'a','value':''}],'unknown':{},"
                + "'destinationConfig':{'thingName':'g:7','services':['SSH','HTTP']},"
                + "'timeoutConfig':{'maxLifetimeTimeoutMinutes':30}}");
    String id = opened.path("tunnelId").asText();
    assertThat(opened.path("tunnelArn").asText())
        .isEqualTo("arn:aws:iot:eu-west-1:000000000000:tunnel/" + id);
    String disconnected = "{'status':'DISCONNECTED','lastUpdatedAt':1767225600.000}";
    assertThat(api.send("DescribeTunnel", "{'tunnelId':'" + id + "'}").body())
        .isEqualTo(
            ApiClient.json(
                "{'tunnel':{'tunnelId':'"
                    + id
                    + "','tunnelArn':'arn:aws:iot:eu-west-1:000000000000:tunnel/"
                    + id
                    + "','status':'OPEN','createdAt':1767225600.000,"
                    + "'lastUpdatedAt':1767225600.000,'description':'to gate 7',"
                    + "'sourceConnectionState':"
                    + disconnected
                    + ",'destinationConnectionState':"
                    + disconnected
                    + ",'destinationConfig':{'thingName':'g:7','services':['SSH','HTTP']},"
                    + "'timeoutConfig':{'maxLifetimeTimeoutMinutes':30},"
                    + "'tags':[{'key':'a','value':''}]}}"));
  }

  @Test
  void tunnelWithoutDestinationLivesForTwelveHours() throws Exception {
    JsonNode tunnel = api.describe(open("{}").path("tunnelId").asText());
    assertThat(tunnel.at("/timeoutConfig/maxLifetimeTimeoutMinutes").asInt()).isEqualTo(720);
    assertThat(tunnel.has("destinationConfig")).isFalse();
    assertThat(tunnel.has("description")).isFalse();
  }

  @Test
  void tokensOfTheAnswerCarryData() throws Exception {
    JsonNode opened = open("{'destinationConfig':{'services':['SSH']}}");
    try (RawClient source = connect(opened, SOURCE);
        RawClient destination = connect(opened, DESTINATION)) {
      assertThat(destination.readMessage().getAvailableServiceIdsList()).containsExactly("SSH");
      source.send(streamStart("SSH", 1));
      source.send(data("SSH", 1, new byte[] {1, 2, 3}));
      assertThat(destination.readMessage()).isEqualTo(streamStart("SSH", 1));
      assertThat(destination.readMessage()).isEqualTo(data("SSH", 1, new byte[] {1, 2, 3}));
    }
    assertThat(emulator.violations()).isEmpty();
  }

  @Test
  void connectionStatesFollowTheClients() throws Exception {
    JsonNode opened = open("{'destinationConfig':{'services':['SSH']}}");
    EmulatedTunnel tunnel = tunnel(opened);
    clock.advance(Duration.ofSeconds(90));
    try (RawClient source = connect(opened, SOURCE)) {
      assertThat(tunnel.awaitConnected(SOURCE, LONG)).isTrue();
      JsonNode described = api.describe(tunnel.id());
      assertThat(described.at("/sourceConnectionState/status").asText()).isEqualTo("CONNECTED");
      assertThat(described.at("/sourceConnectionState/lastUpdatedAt").asLong())
          .isEqualTo(1767225690);
      assertThat(described.at("/destinationConnectionState/status").asText())
          .isEqualTo("DISCONNECTED");
      clock.advance(Duration.ofSeconds(10));
      source.close();
      assertThat(tunnel.awaitDisconnected(SOURCE, LONG)).isTrue();
    }
    JsonNode state = api.describe(tunnel.id()).path("sourceConnectionState");
    assertThat(state.path("status").asText()).isEqualTo("DISCONNECTED");
    assertThat(state.path("lastUpdatedAt").asLong()).isEqualTo(1767225700);
  }

  @Test
  void rotationCutsTheClientsOfTheModeAndDeniesTheirTokens() throws Exception {
    JsonNode opened = open("{'destinationConfig':{'services':['SSH']}}");
    EmulatedTunnel tunnel = tunnel(opened);
    try (RawClient source = connect(opened, SOURCE);
        RawClient destination = connect(opened, DESTINATION)) {
      assertThat(tunnel.awaitConnected(DESTINATION, LONG)).isTrue();
      JsonNode rotated = rotate(tunnel.id(), "'SOURCE'");
      assertThat(rotated.has("destinationAccessToken")).isFalse();
      assertThat(rotated.path("tunnelArn")).isEqualTo(opened.path("tunnelArn"));
      assertThat(source.readClose().closeCode()).isEqualTo(1000);
      assertThat(tunnel.isConnected(DESTINATION)).isTrue();
      assertThat(status(opened, SOURCE)).isEqualTo(403);
      connect(rotated, SOURCE).close();
      JsonNode all = rotate(tunnel.id(), "'ALL'");
      assertThat(destination.readClose().closeCode()).isEqualTo(1000);
      assertThat(status(rotated, SOURCE)).isEqualTo(403);
      connect(all, SOURCE).close();
      connect(all, DESTINATION).close();
    }
  }

  @Test
  void rotationCanChangeTheDestination() throws Exception {
    JsonNode opened = open("{}");
    String id = opened.path("tunnelId").asText();
    JsonNode rotated =
        rotate(id, "'ALL','destinationConfig':{'thingName':'g','services':['HTTP']}");
    assertThat(api.describe(id).path("destinationConfig").toString())
        .isEqualTo(ApiClient.json("{'thingName':'g','services':['HTTP']}"));
    assertThat(tunnel(opened).services()).containsExactly("HTTP");
    try (RawClient source = connect(rotated, SOURCE)) {
      assertThat(source.readMessage().getAvailableServiceIdsList()).containsExactly("HTTP");
    }
  }

  @Test
  void closedTunnelSendsItsClientsAwayAndStaysDescribed() throws Exception {
    JsonNode opened = open("{'destinationConfig':{'services':['SSH']}}");
    String id = opened.path("tunnelId").asText();
    try (RawClient source = connect(opened, SOURCE)) {
      assertThat(tunnel(opened).awaitConnected(SOURCE, LONG)).isTrue();
      assertThat(api.send("CloseTunnel", "{'tunnelId':'" + id + "'}").body()).isEqualTo("{}");
      assertThat(source.readClose().closeCode()).isEqualTo(1000);
    }
    assertThat(api.describe(id).path("status").asText()).isEqualTo("CLOSED");
    assertThat(api.describe(id).at("/sourceConnectionState/status").asText())
        .isEqualTo("DISCONNECTED");
    assertThat(status(opened, DESTINATION)).isEqualTo(410);
    api.call("CloseTunnel", "{'tunnelId':'" + id + "'}");
    assertThat(api.fail("RotateTunnelAccessToken", "{'clientMode':'ALL','tunnelId':'" + id + "'}"))
        .isEqualTo("ResourceNotFoundException: Tunnel " + id + " is closed");
  }

  @Test
  void deletedTunnelIsForgottenAtOnce() throws Exception {
    JsonNode opened = open("{'destinationConfig':{'services':['SSH']}}");
    String id = opened.path("tunnelId").asText();
    try (RawClient source = connect(opened, SOURCE)) {
      assertThat(tunnel(opened).awaitConnected(SOURCE, LONG)).isTrue();
      api.call("CloseTunnel", "{'delete':true,'tunnelId':'" + id + "'}");
      assertThat(source.readClose().closeCode()).isEqualTo(1000);
    }
    assertThat(api.fail("DescribeTunnel", "{'tunnelId':'" + id + "'}"))
        .isEqualTo("ResourceNotFoundException: Tunnel " + id + " does not exist");
    assertThat(emulator.tunnel(id)).isEmpty();
    assertThat(status(opened, SOURCE)).isEqualTo(403);
    assertThat(clock.pending()).isZero();
  }

  @Test
  void manyClientsAtOnceAreServedInOrder() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> rounds = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        rounds.add(threads.submit(this::useATunnelThatOthersDelete));
      }
      for (Future<?> round : rounds) {
        round.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(emulator.tunnels()).isEmpty();
    assertThat(clock.pending()).isZero();
  }

  private @Nullable Void useATunnelThatOthersDelete() throws Exception {
    JsonNode opened = open("{'tags':[{'key':'a','value':'b'}]}");
    String id = "{'tunnelId':'" + opened.path("tunnelId").asText() + "'";
    String arn = "{'resourceArn':'" + opened.path("tunnelArn").asText() + "'";
    List<HttpResponse<String>> responses =
        List.of(
            api.send("RotateTunnelAccessToken", id + ",'clientMode':'ALL'}"),
            api.send("DescribeTunnel", id + "}"),
            api.send("ListTagsForResource", arn + "}"),
            api.send("ListTunnels", "{}"),
            api.send("CloseTunnel", id + "}"));
    for (JsonNode any : ApiClient.parse(responses.get(3)).path("tunnelSummaries")) {
      api.send("CloseTunnel", "{'delete':true,'tunnelId':" + any.path("tunnelId") + "}");
    }
    api.send("CloseTunnel", id + ",'delete':true}");
    assertThat(responses).extracting(HttpResponse::statusCode).isSubsetOf(200, 400);
    assertThat(responses)
        .filteredOn(response -> response.statusCode() == 400)
        .allSatisfy(response -> assertThat(response.body()).contains("ResourceNotFound"));
    return null;
  }

  private JsonNode rotate(String id, String mode) throws Exception {
    return api.call(
        "RotateTunnelAccessToken", "{'tunnelId':'" + id + "','clientMode':" + mode + "}");
  }

  private RawClient connect(JsonNode tokens, TunnelEnd end) throws Exception {
    RawClient client = RawClient.connect(emulator);
    assertThat(client.handshake(handshake(tokens, end)).status()).isEqualTo(101);
    return client;
  }

  private int status(JsonNode tokens, TunnelEnd end) throws Exception {
    try (RawClient client = RawClient.connect(emulator)) {
      return client.handshake(handshake(tokens, end)).status();
    }
  }

  private static Handshake handshake(JsonNode tokens, TunnelEnd end) {
    String token = tokens.path(end.wireName() + "AccessToken").asText();
    return Handshake.withoutToken(end).header("access-token", token).subprotocols(3);
  }
}
