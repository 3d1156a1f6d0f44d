// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.emulator.notify.NotificationPublisher;
import io.culvert.emulator.notify.TunnelNotification;
import java.util.ArrayList;
import java.util.List;
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
import software.amazon.awssdk.services.iotsecuretunneling.model.DestinationConfig;
import software.amazon.awssdk.services.iotsecuretunneling.model.OpenTunnelResponse;
import software.amazon.awssdk.services.iotsecuretunneling.model.ResourceNotFoundException;
import software.amazon.awssdk.services.iotsecuretunneling.model.RotateTunnelAccessTokenResponse;

/** When a thing is notified, and of what, with the AWS SDK as the caller. */
@ExtendWith(LeakCheck.class)
class NotificationTest {
  /** Has every notification once the call that causes it has returned. */
  private final Recording recording = new Recording();

  private Emulator emulator;
  private IoTSecureTunnelingClient client;

  @BeforeEach
  void start() throws Exception {
    emulator =
        Emulator.builder().controlPlane().region("eu-west-1").notifications(recording).start();
    client =
        IoTSecureTunnelingClient.builder()
            .endpointOverride(emulator.controlEndpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    emulator.close();
  }

  @Test
  void openingATunnelForAThingNotifiesTheThing() {
    OpenTunnelResponse opened = open("gate");

    TunnelNotification notification = recording.only();
    assertThat(notification.topic()).isEqualTo("$aws/things/gate/tunnels/notify");
    assertThat(notification.payload())
        .isEqualTo(
            "{\"clientAccessToken\":\""
                + opened.destinationAccessToken()
                + "\",\"clientMode\":\"destination\",\"region\":\"eu-west-1\","
                + "\"services\":[\"SSH\",\"HTTP\"]}");
    assertThat(notification.tunnelId()).isEqualTo(opened.tunnelId());
    assertThat(notification.toString()).doesNotContain(opened.destinationAccessToken());
  }

  @Test
  void aTunnelForNoThingNotifiesNobody() {
    OpenTunnelResponse opened = open(null);
    rotate(opened, ClientMode.ALL);

    assertThat(recording.heard).isEmpty();
  }

  @Test
  void rotatingTheDestinationsTokenNotifiesTheThingAgain() {
    OpenTunnelResponse opened = open("gate");
    for (ClientMode mode : List.of(ClientMode.DESTINATION, ClientMode.ALL)) {
      recording.heard.clear();
      RotateTunnelAccessTokenResponse rotated = rotate(opened, mode);

      assertThat(recording.only().payload())
          .contains("\"clientAccessToken\":\"" + rotated.destinationAccessToken() + "\"")
          .contains("\"services\":[\"SSH\",\"HTTP\"]");
    }
  }

  @Test
  void rotatingTheSourcesTokenNotifiesNobody() {
    OpenTunnelResponse opened = open("gate");
    recording.heard.clear();
    rotate(opened, ClientMode.SOURCE);

    assertThat(recording.heard).isEmpty();
  }

  @Test
  void aRotationThatLeadsElsewhereNotifiesTheOtherThing() {
    OpenTunnelResponse opened = open("gate");
    recording.heard.clear();
    client.rotateTunnelAccessToken(
        request ->
            request
                .tunnelId(opened.tunnelId())
                .clientMode(ClientMode.DESTINATION)
                .destinationConfig(to -> to.thingName("door").services("WEB")));

    assertThat(recording.only().topic()).isEqualTo("$aws/things/door/tunnels/notify");
    assertThat(recording.only().services()).containsExactly("WEB");
  }

  @Test
  void aClosedTunnelCannotBeRotatedAndNotifiesNobody() {
    OpenTunnelResponse opened = open("gate");
    client.closeTunnel(request -> request.tunnelId(opened.tunnelId()));
    recording.heard.clear();

    assertThatThrownBy(() -> rotate(opened, ClientMode.DESTINATION))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(recording.heard).isEmpty();
  }

  @Test
  void thePublisherEndsWithTheEmulator() {
    emulator.close();

    assertThat(recording.closed).isTrue();
  }

  private OpenTunnelResponse open(String thing) {
    DestinationConfig to =
        DestinationConfig.builder().thingName(thing).services("SSH", "HTTP").build();
    return client.openTunnel(request -> request.destinationConfig(to));
  }

  private RotateTunnelAccessTokenResponse rotate(OpenTunnelResponse opened, ClientMode mode) {
    return client.rotateTunnelAccessToken(
        request -> request.tunnelId(opened.tunnelId()).clientMode(mode));
  }

  private static final class Recording implements NotificationPublisher {
    private final List<TunnelNotification> heard = new ArrayList<>();
    private boolean closed;

    @Override
    public synchronized void publish(TunnelNotification notification) {
      heard.add(notification);
    }

    TunnelNotification only() {
      assertThat(heard).hasSize(1);
      return heard.get(0);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
