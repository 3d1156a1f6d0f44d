// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import static io.culvert.api.NotificationDecision.DISABLED;
import static io.culvert.api.NotificationDecision.DUPLICATE;
import static io.culvert.api.NotificationDecision.NOT_OPENED;
import static io.culvert.api.NotificationDecision.OPENED;
import static io.culvert.api.NotificationDecision.REGION_NOT_ALLOWED;
import static io.culvert.api.NotificationDecision.SERVICE_NOT_ALLOWED;
import static io.culvert.api.NotificationDecision.TOO_MANY;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.Secret;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a notification that makes sense leads to. */
class NotificationSinkTest extends SinkFixture {
  private static Map<String, Object> lists(String key, String... values) {
    return Map.of(key, values);
  }

  @Test
  void opensADestinationWithTheTokenInTheRegion() {
    assertThat(take(1, "SSH", "HTTP")).isEqualTo(OPENED);

    assertThat(opener.last().spec)
        .isEqualTo(
            new TunnelSpec(
                "notification-1",
                TunnelMode.DESTINATION,
                Secret.of(token(1)),
                null,
                "us-east-1",
                null,
                Map.of(),
                null));
    assertThat(sink.status().tunnels()).containsExactly("notification-1");
    assertThat(sink.status().last()).isEqualTo(worker.now());
    assertThat(logs.infos(Decisions.class))
        .containsExactly(
            "The notification from test opens a tunnel notification-1: region us-east-1, services"
                + " SSH, HTTP");
  }

  @Test
  void anEndpointOfTheTunnelManagerGoesBeforeTheRegion() {
    opener.endpoint = true;
    take(1, "SSH");

    assertThat(opener.last().spec.region()).isNull();
    assertThat(opener.last().spec.endpoint()).isNull();
  }

  @Test
  void aTunnelWithoutServicesNeedsAMappingWithoutAnId() {
    String none = json(token(1)).replace(",\"services\":[]", "");
    assertThat(take(none)).isEqualTo(OPENED);
    opener.mapped = Set.of("SSH");

    assertThat(take(2)).isEqualTo(SERVICE_NOT_ALLOWED);
    assertThat(logs.warnings())
        .singleElement()
        .asString()
        .endsWith("no services without a mapping");
  }

  @Test
  void onlyWhatIsAllowedIsOpened() {
    sink.modified(lists("services", "SSH", "RDP"));
    assertThat(take(1, "SSH")).isEqualTo(OPENED);
    assertThat(take(2, "SSH", "HTTP")).isEqualTo(SERVICE_NOT_ALLOWED);
    assertThat(take(3)).isEqualTo(SERVICE_NOT_ALLOWED);
    // Allowed, but nobody knows where it is.
    assertThat(take(4, "RDP")).isEqualTo(SERVICE_NOT_ALLOWED);

    sink.modified(lists("regions", "eu-west-1"));
    assertThat(take(5, "SSH")).isEqualTo(REGION_NOT_ALLOWED);
    sink.modified(lists("regions", "eu-west-1", "us-east-1"));
    assertThat(take(5, "SSH")).isEqualTo(OPENED);
  }

  @Test
  void switchedOffItOpensNothingAndClosesNothing() {
    take(1, "SSH");
    sink.modified(Map.of("enabled", false));

    assertThat(take(2, "SSH")).isEqualTo(DISABLED);
    worker.work();
    assertThat(opener.open()).containsExactly("notification-1");
    sink.modified(Map.of());
    assertThat(take(2, "SSH")).isEqualTo(OPENED);
  }

  @Test
  void aWrongConfigurationLeavesTheLastOneInForce() {
    sink.modified(Map.of("max.tunnels", 1));
    sink.modified(Map.of("max.tunnels", 101, "regions", "nowhere", "services", "a b"));

    take(1, "SSH");
    assertThat(take(2, "HTTP")).isEqualTo(TOO_MANY);
    assertThat(logs.warnings().get(0))
        .contains(
            "max.tunnels '101': must be a whole number of 1 to 100",
            "regions 'nowhere': must look like us-east-1",
            "services 'a b': must be a service id");
  }

  @Test
  void aTokenComesOnceEvenAfterItsTunnelHasEnded() {
    assertThat(take(1, "SSH")).isEqualTo(OPENED);
    assertThat(take(1, "SSH")).isEqualTo(DUPLICATE);
    assertThat(take(1, "HTTP")).isEqualTo(DUPLICATE);
    opener.last().move(TunnelState.CLOSED);
    worker.work();

    assertThat(sink.status().tunnels()).isEmpty();
    assertThat(take(1, "SSH")).isEqualTo(DUPLICATE);
    assertThat(opener.opened).hasSize(1);
  }

  @Test
  void whatWasRefusedMayComeAgain() {
    opener.stopped = true;
    assertThat(take(1, "SSH")).isEqualTo(NOT_OPENED);
    assertThat(logs.warnings().get(0)).endsWith(": the tunnel manager has stopped");
    opener.stopped = false;

    assertThat(take(1, "SSH")).isEqualTo(OPENED);
  }

  @Test
  void tokensOfOldAreForgottenSoThatMemoryIsBounded() {
    for (int i = 0; i < Seen.MAX + 5; i++) {
      assertThat(take(i, "SSH")).isEqualTo(OPENED);
      opener.last().move(TunnelState.CLOSED);
      worker.work();
    }

    assertThat(take(Seen.MAX, "SSH")).isEqualTo(DUPLICATE);
    assertThat(take(5, "SSH")).isEqualTo(DUPLICATE);
    assertThat(take(4, "SSH")).isEqualTo(OPENED);
    worker.pass(Seen.AGE.plusMinutes(1));
    take(9999, "SSH");
    assertThat(take(Seen.MAX, "SSH")).isEqualTo(OPENED);
  }

  @Test
  void namesThatOthersHaveAreLeftOut() {
    opener.taken.addAll(List.of("notification-1", "notification-3"));
    take(1, "SSH");
    take(2, "SSH");

    assertThat(sink.status().tunnels()).containsExactly("notification-2", "notification-4");
    opener.taken.clear();
    take(3, "HTTP");
    assertThat(opener.last().spec.name()).isEqualTo("notification-5");
  }

  @Test
  void whatHasFailedLeavesTheListOfTunnels() {
    take(1, "SSH");
    opener.last().move(TunnelState.FAILED);
    worker.work();

    assertThat(opener.last().isClosed()).isTrue();
    assertThat(sink.status().tunnels()).isEmpty();
  }

  /** A token says more than who delivers it: the services that count are those of the tunnel. */
  @Test
  void aTunnelWithOtherServicesThanNamedIsClosed() {
    take(1, "SSH");
    opener.last().connected(0, 0, "SSH", "HTTP");
    worker.work();

    assertThat(opener.open()).isEmpty();
    assertThat(sink.status().tunnels()).isEmpty();
    assertThat(logs.warnings())
        .singleElement()
        .asString()
        .endsWith(
            "CLV-SERVICES notification-1: closed, as it has other services than its notification"
                + " named");
  }

  @Test
  void aTunnelWithoutServiceIdsMayServeTheOneThatWasNamed() {
    take(1, "SSH");
    opener.last().connected(0, 0, "");
    take(2, "SSH", "HTTP");
    opener.last().connected(0, 0, "");

    assertThat(opener.open()).containsExactly("notification-1");
  }

  @Test
  void afterTheEndNothingIsOpen() {
    take(1, "SSH");
    sink.deactivate();
    worker.work();

    assertThat(opener.open()).isEmpty();
    assertThat(take(2, "SSH")).isEqualTo(NOT_OPENED);
    worker.pass(Duration.ofMinutes(2));
    assertThat(worker.planned()).isZero();
  }

  @Test
  void aListenerHearsWhatTheLogSays() {
    List<String> heard = new ArrayList<>();
    NotificationListener listener =
        (decision, source, reason, tunnel) -> {
          heard.add(decision + " " + source + " " + tunnel);
          throw new IllegalStateException("by the test");
        };
    sink.setListener(listener);
    take(1, "SSH");
    take(1, "SSH");
    sink.unsetListener(listener);
    take(2, "SSH");

    assertThat(heard).containsExactly("OPENED test notification-1", "DUPLICATE test null");
  }
}
