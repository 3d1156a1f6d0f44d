// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.registry.RotationMode;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.kura.test.control.CloudControl;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tunnel notifications that come through Kura's connections. */
class NotificationsIT extends KuraFixture {
  private static final String THING = "gateway-7";
  private static final String TOPIC = "$aws/things/gateway-7/tunnels/notify";
  private static final String TUNNEL = "notification-1";
  private static final String[] BOTH = {"SSH", "HTTP"};
  private static final String NOBODY = "(kura.service.pid=changeme)";
  private static final String SUBSCRIBER_KEY = "CloudSubscriber.target";
  private static final String DATA_SERVICE_KEY = "DataService.target";

  @BeforeEach
  void install() throws Exception {
    install(PackageFile.BUILT);
    rig.configure(kura());
  }

  /** One gateway for all, as each takes long to start. */
  @Test
  void theyAreTakenFromWhatTheTargetFiltersName() throws Exception {
    TakenNotifications taken = new TakenNotifications(gateway);
    CloudControl cloud = gateway.cloud();
    cloud.connect();
    assertThat(kura().configuration(Rig.NOTIFICATIONS))
        .containsEntry(SUBSCRIBER_KEY, NOBODY)
        .containsEntry(DATA_SERVICE_KEY, NOBODY);
    assertThat(cloud.listeners()).isZero();

    useSubscriber();
    cloud.toSubscriber(bytes("1"));
    assertThat(taken.all()).containsExactly("kura-cloud-subscriber 1");

    useDataService();
    awaitSubscribed();
    assertThat(cloud.listeners()).isEqualTo(1);
    cloud.toDataService(TOPIC, bytes("2"), false);
    cloud.toDataService(TOPIC, bytes("3"), true);
    cloud.toDataService(TOPIC.replace('7', '8'), bytes("4"), false);
    cloud.disconnect();
    cloud.connect();
    awaitSubscribed();
    cloud.toDataService(TOPIC, bytes("5"), false);
    assertThat(taken.all())
        .containsExactly("kura-cloud-subscriber 1", "kura-data-service 2", "kura-data-service 5");

    // Equal values, as often as they come, subscribe to nothing again.
    useDataService();
    useDataService();
    kura().update(Rig.NOTIFICATIONS, Map.of("thing", "gateway-9"));
    Eventually.holds(
        () -> assertThat(cloud.subscriptions()).containsExactly(TOPIC.replace('7', '9')));
    kura().update(Rig.NOTIFICATIONS, Map.of(DATA_SERVICE_KEY, NOBODY));
    Eventually.holds(() -> assertThat(cloud.subscriptions()).isEmpty());
    assertThat(cloud.listeners()).isZero();
    assertThat(kura().components()).contains(Rig.NOTIFICATIONS);

    useDataService();
    awaitSubscribed();
    useWrongFilter();
    kura().uninstall(PackageFile.NAME);
    assertThat(cloud.listeners()).isZero();
    assertThat(cloud.subscriptions()).isEmpty();
    taken.end();
    Leftovers.assertNone(gateway);
  }

  @Test
  void aTunnelOfANotificationIsOpenOnceAndComesBackAfterRestart() throws Exception {
    CloudControl cloud = gateway.cloud();
    byte[] notification = notification(rig.token(TunnelEnd.DESTINATION), Rig.SERVICE);
    useSubscriber();
    for (int i = 0; i < 3; i++) {
      cloud.toSubscriber(notification);
    }
    cloud.connect();
    useDataService();
    awaitSubscribed();
    cloud.toDataService(TOPIC, notification, false);
    gateway.awaitConnected(TUNNEL);
    kura().create(Rig.FACTORY, SOURCE, rig.tunnel(TunnelEnd.SOURCE));
    gateway.awaitConnected(SOURCE);
    exchange().close();
    assertThat(gateway.tunnels()).hasSize(2);

    gateway.close();
    gateway = Gateway.withKura(home());
    Eventually.holds(() -> assertThat(gateway.isSettled()).isTrue());
    gateway.awaitConnected(TUNNEL);
    gateway.awaitConnected(SOURCE);
    exchange().close();
    gateway.cloud().connect();
    awaitSubscribed();
    gateway.cloud().toDataService(TOPIC, notification, false);
    assertThat(gateway.tunnels()).hasSize(2);
    assertThat(home().resolve("data/culvert/notifications.json"))
        .content()
        .doesNotContain(rig.token(TunnelEnd.DESTINATION));
    assertThat(rig.emulator().refusals()).isEmpty();
    assertThat(rig.emulator().violations()).isEmpty();
  }

  @Test
  void aRotationAndTheEndOfTwoServicesAreFollowedWhicheverWayTheyCome() throws Exception {
    kura().update(Rig.MAPPINGS, rig.mappings(BOTH));
    EmulatedTunnel tunnel = rig.open(token -> true, BOTH);
    CloudControl cloud = gateway.cloud();
    useSubscriber();
    cloud.toSubscriber(notification(destinationToken(tunnel), BOTH));
    gateway.awaitConnected(TUNNEL);
    kura().create(Rig.FACTORY, SOURCE, Rig.tunnel(tunnel, TunnelEnd.SOURCE));
    gateway.awaitConnected(SOURCE);
    exchangeOverBoth();

    cloud.connect();
    useDataService();
    awaitSubscribed();
    tunnel.rotate(RotationMode.DESTINATION);
    cloud.toDataService(TOPIC, notification(destinationToken(tunnel), BOTH), false);
    gateway.awaitConnected("notification-2");
    Eventually.holds(
        () ->
            assertThat(gateway.tunnels())
                .extracting(TunnelView::name)
                .containsExactlyInAnyOrder("notification-2", SOURCE));
    exchangeOverBoth();

    tunnel.close();
    Eventually.holds(
        () ->
            assertThat(gateway.tunnels())
                .extracting(TunnelView::name)
                .doesNotContain("notification-2"));
    assertThat(rig.emulator().violations()).isEmpty();
  }

  private void exchangeOverBoth() throws Exception {
    List<Integer> ports = gateway.tunnel(SOURCE).ports();
    assertThat(ports).hasSize(BOTH.length).doesNotHaveDuplicates();
    for (int port : ports) {
      new Exchange(port).bytes(1_000_000).close();
    }
  }

  private static String destinationToken(EmulatedTunnel tunnel) {
    return tunnel.accessToken(TunnelEnd.DESTINATION).reveal();
  }

  private static byte[] notification(String token, String... services) {
    return bytes(
        "{\"clientAccessToken\":\"%s\",\"clientMode\":\"destination\",\"region\":\"us-east-1\",\"services\":[\"%s\"]}"
            .formatted(token, String.join("\",\"", services)));
  }

  private void useSubscriber() throws Exception {
    kura()
        .update(
            Rig.NOTIFICATIONS,
            Map.of(
                SUBSCRIBER_KEY,
                "(kura.service.pid=" + CloudControl.SUBSCRIBER + ")",
                DATA_SERVICE_KEY,
                NOBODY));
    Eventually.holds(() -> assertThat(gateway.cloud().listeners()).isEqualTo(1));
  }

  private void useDataService() throws Exception {
    kura()
        .update(
            Rig.NOTIFICATIONS,
            Map.of(
                SUBSCRIBER_KEY,
                NOBODY,
                DATA_SERVICE_KEY,
                "(kura.service.pid=" + CloudControl.DATA_SERVICE + ")",
                "thing",
                THING));
  }

  /** Declarative Services may keep what was there, or let it go. */
  private void useWrongFilter() throws Exception {
    kura().update(Rig.NOTIFICATIONS, Map.of(DATA_SERVICE_KEY, "wrong"));
    assertThat(output.text()).contains("DataService.target 'wrong': must be an OSGi filter");
  }

  private void awaitSubscribed() throws Exception {
    Eventually.holds(() -> assertThat(gateway.cloud().subscriptions()).containsExactly(TOPIC));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
