// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.Secret;
import io.culvert.api.SecretDecoder;
import io.culvert.api.SecretDecodingException;
import io.culvert.config.LastGood;
import io.culvert.config.Outcome;
import io.culvert.config.SecretValues;
import io.culvert.config.StatusSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A component always has settings that work: those of the last configuration that was right. */
class LastGoodTest {
  private static final Map<String, Object> SECRET =
      Map.of("kura.service.pid", "manager", "web.proxy", "cipher");
  private static final SecretDecoder BROKEN =
      value -> {
        throw new SecretDecodingException("damaged");
      };

  private final SecretValues secrets = new SecretValues();
  private final List<ConfigurationStatus> told = new ArrayList<>();
  private final List<Boolean> news = new ArrayList<>();
  private final List<Outcome.Instead> instead = new ArrayList<>();
  private final StatusSink sink =
      new StatusSink() {
        @Override
        public void put(Outcome outcome, boolean another) {
          told.add(outcome.status());
          instead.add(outcome.instead());
          news.add(another);
        }

        @Override
        public void remove(String pid) {
          told.removeIf(status -> status.pid().equals(pid));
        }
      };

  private LastGood<TunnelSettings> settings(Map<String, Object> properties) {
    return new LastGood<>(TunnelSettings.SCHEMA, secrets, sink, properties);
  }

  private ConfigurationStatus last() {
    return told.get(told.size() - 1);
  }

  @Test
  void theDefaultsStandInForAFirstConfigurationThatIsWrong() {
    LastGood<TunnelSettings> settings = settings(Map.of("ping.period", 1));

    assertThat(settings.get()).isEqualTo(TunnelSettings.SCHEMA.parse(Map.of()));
    assertThat(last().state()).isEqualTo(ConfigurationState.REFUSED);
    assertThat(last().errors()).singleElement().asString().startsWith("ping.period '1': ");
  }

  @Test
  void aWrongConfigurationChangesNothingAndARightOneCounts() {
    LastGood<TunnelSettings> settings = settings(Map.of("ping.period", 200));
    TunnelSettings before = settings.get();

    assertThat(settings.update(Map.of("ping.period", 300, "retry.count", -2))).isFalse();
    assertThat(settings.get()).isSameAs(before);
    assertThat(settings.update(Map.of("ping.period", "200"))).isFalse();
    assertThat(settings.update(Map.of("ping.period", 300))).isTrue();
    assertThat(settings.get().pingPeriod()).hasMillis(300);
  }

  @Test
  void whoHearsThatAConfigurationIsAcceptedFindsItInForce() {
    AtomicReference<LastGood<TunnelSettings>> settings = new AtomicReference<>();
    List<Duration> seen = new ArrayList<>();
    StatusSink curious =
        new StatusSink() {
          @Override
          public void put(Outcome outcome, boolean another) {
            if (settings.get() != null) {
              seen.add(settings.get().get().pingPeriod());
            }
          }

          @Override
          public void remove(String pid) {}
        };
    settings.set(new LastGood<>(TunnelSettings.SCHEMA, secrets, curious, Map.of()));

    settings.get().update(Map.of("ping.period", 300));

    assertThat(seen).containsExactly(Duration.ofMillis(300));
  }

  @Test
  void theSameConfigurationOnceMoreIsNothingNew() {
    LastGood<Mappings> settings =
        new LastGood<>(Mappings.SCHEMA, secrets, sink, Map.of("destinations", many("A=1", "B=2")));
    settings.update(Map.of("destinations", many("A=1", "B=2")));
    settings.update(Map.of("destinations", many("A=1", "B=3")));
    settings.again();

    assertThat(news).containsExactly(false, false, true, false);
  }

  @Test
  void whatIsInForceInsteadIsTheLastGoodOneOrElseTheDefaults() {
    LastGood<TunnelSettings> settings = settings(Map.of("ping.period", 1));
    settings.update(Map.of("ping.period", 300));
    settings.update(Map.of("ping.period", 1));

    assertThat(instead)
        .containsExactly(
            Outcome.Instead.DEFAULTS, Outcome.Instead.LAST_GOOD, Outcome.Instead.LAST_GOOD);
  }

  private static String[] many(String... values) {
    return values;
  }

  @Test
  void aConfigurationThatWaitsForItsSecretsCountsWhenTheyCanBeRead() {
    LastGood<TunnelSettings> settings = settings(Map.of());
    settings.update(SECRET);
    assertThat(settings.isWaiting()).isTrue();
    assertThat(last().pid()).isEqualTo("manager");
    assertThat(last().state()).isEqualTo(ConfigurationState.WAITING);

    secrets.setDecoder(value -> Secret.of("http://proxy.example"));

    assertThat(settings.again()).isTrue();
    assertThat(settings.isWaiting()).isFalse();
    assertThat(settings.get().connect().webProxy()).isNotNull();
    assertThat(last().state()).isEqualTo(ConfigurationState.ACCEPTED);
  }

  @Test
  void aConfigurationWhoseSecretsCannotBeDecodedIsStillToCome() {
    LastGood<TunnelSettings> settings = settings(SECRET);
    secrets.setDecoder(BROKEN);
    settings.again();

    assertThat(last().state()).isEqualTo(ConfigurationState.REFUSED);
    assertThat(settings.isWaiting()).isTrue();
    settings.update(Map.of("ping.period", 1));
    assertThat(settings.isWaiting()).isFalse();
  }

  @Test
  void nothingIsAwaitedWhileSettingsWithSecretsAreInForce() {
    secrets.setDecoder(value -> Secret.of("http://proxy.example"));
    LastGood<TunnelSettings> settings = settings(SECRET);
    TunnelSettings before = settings.get();
    secrets.setDecoder(BROKEN);

    assertThat(settings.again()).isFalse();
    assertThat(last().state()).isEqualTo(ConfigurationState.REFUSED);
    assertThat(settings.isWaiting()).isFalse();
    assertThat(settings.get()).isSameAs(before);
  }

  @Test
  void nothingIsToldOfAComponentThatHasEnded() {
    LastGood<TunnelSettings> settings = settings(Map.of("service.pid", "io.culvert.TunnelManager"));
    settings.end();

    assertThat(settings.again()).isFalse();
    assertThat(settings.update(Map.of("ping.period", 300))).isFalse();
    assertThat(told).isEmpty();
  }

  @Test
  void aConfigurationThatGetsAnotherNameLeavesNoneBehind() {
    LastGood<TunnelSettings> settings = settings(Map.of("service.pid", "one"));

    settings.update(Map.of("service.pid", "one", "kura.service.pid", "two"));

    assertThat(told).extracting(ConfigurationStatus::pid).containsExactly("two");
  }
}
