// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static io.culvert.emulator.registry.TunnelEnd.DESTINATION;
import static io.culvert.emulator.registry.TunnelEnd.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.culvert.emulator.registry.TunnelEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iotsecuretunneling.IoTSecureTunnelingClient;
import software.amazon.awssdk.services.iotsecuretunneling.model.ClientMode;
import software.amazon.awssdk.services.iotsecuretunneling.model.ConnectionStatus;
import software.amazon.awssdk.services.iotsecuretunneling.model.IoTSecureTunnelingException;
import software.amazon.awssdk.services.iotsecuretunneling.model.LimitExceededException;
import software.amazon.awssdk.services.iotsecuretunneling.model.ListTunnelsResponse;
import software.amazon.awssdk.services.iotsecuretunneling.model.OpenTunnelResponse;
import software.amazon.awssdk.services.iotsecuretunneling.model.ResourceNotFoundException;
import software.amazon.awssdk.services.iotsecuretunneling.model.RotateTunnelAccessTokenResponse;
import software.amazon.awssdk.services.iotsecuretunneling.model.Tag;
import software.amazon.awssdk.services.iotsecuretunneling.model.Tunnel;
import software.amazon.awssdk.services.iotsecuretunneling.model.TunnelStatus;
import software.amazon.awssdk.services.iotsecuretunneling.model.TunnelSummary;

/** The AWS SDK for Java, with nothing but another endpoint. */
@ExtendWith(LeakCheck.class)
class AwsSdkTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private Emulator emulator;
  private IoTSecureTunnelingClient client;

  @BeforeEach
  void start() throws Exception {
    emulator = Emulator.builder().controlPlane().start();
    client = client(emulator, UrlConnectionHttpClient.builder());
  }

  @AfterEach
  void stop() {
    client.close();
    emulator.close();
  }

  private static IoTSecureTunnelingClient client(
      Emulator emulator, UrlConnectionHttpClient.Builder http) {
    return IoTSecureTunnelingClient.builder()
        .endpointOverride(emulator.controlEndpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .httpClientBuilder(http)
        .build();
  }

  @Test
  void tunnelLivesFromOpenToClose() throws Exception {
    Instant before = Instant.now();
    OpenTunnelResponse opened = open();
    assertThat(opened.responseMetadata().requestId()).hasSize(36);
    try (RawClient source = connect(opened.sourceAccessToken(), SOURCE)) {
      assertThat(emulator.tunnel(opened.tunnelId()).orElseThrow().awaitConnected(SOURCE, LONG))
          .isTrue();
      Tunnel tunnel = describe(opened.tunnelId());
      assertThat(tunnel.status()).isEqualTo(TunnelStatus.OPEN);
      assertThat(tunnel.tunnelArn()).isEqualTo(opened.tunnelArn());
      assertThat(tunnel.description()).isEqualTo("to gate 7");
      assertThat(tunnel.destinationConfig().thingName()).isEqualTo("gate");
      assertThat(tunnel.destinationConfig().services()).containsExactly("SSH", "HTTP");
      assertThat(tunnel.timeoutConfig().maxLifetimeTimeoutMinutes()).isEqualTo(60);
      assertThat(tunnel.createdAt()).isBetween(before.minusMillis(1), Instant.now());
      assertThat(tunnel.sourceConnectionState().status()).isEqualTo(ConnectionStatus.CONNECTED);
      assertThat(tunnel.sourceConnectionState().lastUpdatedAt())
          .isAfterOrEqualTo(tunnel.createdAt());
      assertThat(tunnel.destinationConnectionState().status())
          .isEqualTo(ConnectionStatus.DISCONNECTED);
      client.closeTunnel(request -> request.tunnelId(opened.tunnelId()));
      assertThat(source.readClose().closeCode()).isEqualTo(1000);
    }
    assertThat(describe(opened.tunnelId()).status()).isEqualTo(TunnelStatus.CLOSED);
    client.closeTunnel(request -> request.tunnelId(opened.tunnelId()).delete(true));
    assertThatThrownBy(() -> describe(opened.tunnelId()))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void rotatedTokensReplaceTheOldOnes() throws Exception {
    OpenTunnelResponse opened = open();
    RotateTunnelAccessTokenResponse rotated =
        client.rotateTunnelAccessToken(
            request -> request.tunnelId(opened.tunnelId()).clientMode(ClientMode.DESTINATION));
    assertThat(rotated.sourceAccessToken()).isNull();
    assertThatThrownBy(() -> connect(opened.destinationAccessToken(), DESTINATION))
        .hasMessageContaining("403");
    connect(rotated.destinationAccessToken(), DESTINATION).close();
    connect(opened.sourceAccessToken(), SOURCE).close();
  }

  @Test
  void listIsPagedByTheSdk() {
    List<String> ids = List.of(open().tunnelId(), open().tunnelId(), open().tunnelId());
    assertThat(client.listTunnelsPaginator(request -> request.maxResults(1)))
        .flatExtracting(ListTunnelsResponse::tunnelSummaries)
        .extracting(TunnelSummary::tunnelId)
        .containsExactly(ids.get(2), ids.get(1), ids.get(0));
  }

  @Test
  void tagsAreSetListedAndRemoved() {
    String arn = open().tunnelArn();
    client.tagResource(request -> request.resourceArn(arn).tags(tag("b", "2")));
    assertThat(client.listTagsForResource(request -> request.resourceArn(arn)).tags())
        .containsExactly(tag("a", "1"), tag("b", "2"));
    client.untagResource(request -> request.resourceArn(arn).tagKeys("a"));
    assertThat(client.listTagsForResource(request -> request.resourceArn(arn)).tags())
        .containsExactly(tag("b", "2"));
  }

  @Test
  void errorsHaveTheTypesOfTheSdk() {
    assertThatThrownBy(() -> describe("nope"))
        .isInstanceOfSatisfying(
            ResourceNotFoundException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.requestId()).hasSize(36);
              assertThat(e.awsErrorDetails().errorMessage())
                  .isEqualTo("Tunnel nope does not exist");
            });
    assertThatThrownBy(
            () ->
                client.openTunnel(
                    request ->
                        request.destinationConfig(config -> config.services("a", "b", "c", "d"))))
        .isInstanceOf(LimitExceededException.class);
    IoTSecureTunnelingException invalid =
        catchThrowableOfType(
            IoTSecureTunnelingException.class,
            () ->
                client.openTunnel(
                    request ->
                        request.timeoutConfig(config -> config.maxLifetimeTimeoutMinutes(721))));
    assertThat(invalid.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
    assertThat(invalid.awsErrorDetails().errorMessage())
        .endsWith("Member must have value less than or equal to 720");
  }

  @Test
  void tlsNeedsNothingButTheCertificate() throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    try (Emulator secure = Emulator.builder().controlTls(true).start()) {
      trust.init(Trust.store(secure.authority()));
      TrustManager[] managers = trust.getTrustManagers();
      try (IoTSecureTunnelingClient over =
          client(
              secure, UrlConnectionHttpClient.builder().tlsTrustManagersProvider(() -> managers))) {
        assertThat(over.listTunnels(request -> {}).tunnelSummaries()).isEmpty();
      }
    }
  }

  private OpenTunnelResponse open() {
    return client.openTunnel(
        request ->
            request
                .description("to gate 7")
                .destinationConfig(config -> config.thingName("gate").services("SSH", "HTTP"))
                .timeoutConfig(config -> config.maxLifetimeTimeoutMinutes(60))
                .tags(tag("a", "1")));
  }

  private Tunnel describe(String id) {
    return client.describeTunnel(request -> request.tunnelId(id)).tunnel();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private RawClient connect(String token, TunnelEnd end) throws Exception {
    RawClient raw = RawClient.connect(emulator);
    Handshake handshake = Handshake.withoutToken(end).header("access-token", token).subprotocols(3);
    assertThat(raw.handshake(handshake).status()).isEqualTo(101);
    return raw;
  }
}
