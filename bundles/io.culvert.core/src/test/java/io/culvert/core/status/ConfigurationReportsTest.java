// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.ConfigurationListener;
import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.ErrorCode;
import io.culvert.config.Outcome;
import io.culvert.core.connect.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a configuration is known to the log, the status and the listeners, once. */
class ConfigurationReportsTest {
  private static final String LINE =
      "WARNING " + ConfigurationReports.class.getName() + " CLV-CONFIG pid: ";
  private static final ConfigurationProblem WRONG = new ConfigurationProblem("key", "0", "wrong");
  private static final ConfigurationProblem ODD = new ConfigurationProblem("kay", null, "odd");
  private static final Outcome REFUSED =
      refused(ErrorCode.CONFIGURATION, Outcome.Instead.LAST_GOOD, List.of(ODD));
  private static final Outcome ACCEPTED =
      new Outcome(
          new ConfigurationStatus("pid", ConfigurationState.ACCEPTED, List.of(), List.of()),
          ErrorCode.CONFIGURATION,
          Outcome.Instead.LAST_GOOD);

  private final ConfigurationReports reports = new ConfigurationReports();
  private final LogCapture logs = new LogCapture();

  @AfterEach
  void stopCapture() {
    logs.close();
  }

  private static Outcome refused(
      ErrorCode code, Outcome.Instead instead, List<ConfigurationProblem> warnings) {
    return new Outcome(
        new ConfigurationStatus("pid", ConfigurationState.REFUSED, List.of(WRONG), warnings),
        code,
        instead);
  }

  /** Remembers what it hears. */
  private static final class Recorder implements ConfigurationListener {
    private final List<Object> heard = new ArrayList<>();

    @Override
    public void changed(ConfigurationStatus status) {
      heard.add(status);
    }

    @Override
    public void removed(String pid) {
      heard.add(pid);
    }
  }

  @Test
  void whatAnotherBundleReportsIsToldInItsOwnWords() {
    Recorder listener = new Recorder();
    reports.put(REFUSED.status(), ErrorCode.CONFIGURATION, "nothing is received", true);
    reports.addListener(listener);

    assertThat(reports.current()).containsExactly(REFUSED.status());
    assertThat(listener.heard).containsExactly(REFUSED.status());
    assertThat(logs.warnings())
        .first()
        .asString()
        .isEqualTo(LINE + "is not accepted, nothing is received: key '0': wrong");
  }

  @Test
  void aListenerHearsWhatIsAndThenEachChangeOnce() {
    reports.put(REFUSED, true);
    Recorder recorder = new Recorder();
    reports.addListener(recorder);
    for (int i = 0; i < 50; i++) {
      reports.put(REFUSED, false);
    }
    reports.put(REFUSED, true);
    reports.put(ACCEPTED, true);
    reports.remove("pid");
    reports.remove("pid");
    reports.removeListener(recorder);
    reports.put(ACCEPTED, true);

    assertThat(recorder.heard)
        .containsExactly(REFUSED.status(), REFUSED.status(), ACCEPTED.status(), "pid");
    assertThat(reports.current()).containsExactly(ACCEPTED.status());
  }

  @Test
  void theLogSaysOnceWhatIsWrongAndWhatIsOdd() {
    for (int i = 0; i < 50; i++) {
      reports.put(REFUSED, i % 2 == 0);
    }
    reports.put(ACCEPTED, true);

    assertThat(logs.warnings())
        .containsExactly(
            LINE + "is not accepted, what was in force stays: key '0': wrong", LINE + "kay: odd");
  }

  @ParameterizedTest
  @CsvSource({
    "CONFIGURATION, DEFAULTS, 'CLV-CONFIG pid: is not accepted, the defaults stay: '",
    "CONFIGURATION, NOTHING, 'CLV-CONFIG pid: is not accepted, the tunnel stays closed: '",
    "SECRET, LAST_GOOD, 'CLV-SECRET pid: is not accepted, what was in force stays: '",
  })
  void theLogSaysTheCodeAndWhatIsInForceInstead(
      ErrorCode code, Outcome.Instead instead, String line) {
    reports.put(refused(code, instead, List.of()), true);

    assertThat(logs.warnings())
        .containsExactly(
            "WARNING " + ConfigurationReports.class.getName() + " " + line + "key '0': wrong");
  }

  @Test
  void theLogIsLeftToAListenerThatWritesIt() {
    reports.addListener(
        new ConfigurationListener() {
          @Override
          public void changed(ConfigurationStatus status) {}

          @Override
          public boolean isLogging() {
            return true;
          }
        });

    reports.put(REFUSED, true);

    assertThat(logs.warnings()).isEmpty();
  }

  @Test
  void aListenerThatCannotSayWhetherItLogsDoesNot() {
    reports.addListener(
        new ConfigurationListener() {
          @Override
          public void changed(ConfigurationStatus status) {}

          @Override
          public boolean isLogging() {
            throw new IllegalStateException("a test");
          }
        });

    reports.put(REFUSED, true);

    assertThat(logs.warnings())
        .contains(LINE + "is not accepted, what was in force stays: key '0': wrong");
    assertThat(reports.current()).containsExactly(REFUSED.status());
  }

  @Test
  void aListenerThatFailsKeepsNobodyFromHearing() {
    Recorder recorder = new Recorder();
    reports.addListener(
        status -> {
          throw new IllegalStateException("a test");
        });
    reports.addListener(recorder);

    reports.put(ACCEPTED, true);

    assertThat(recorder.heard).containsExactly(ACCEPTED.status());
  }

  @Test
  void aCheckOfEncryptedSecretsWaitsAsTheComponentWould() {
    Map<String, Object> encrypted =
        Map.of("kura.service.pid", "io.culvert.TunnelManager", "web.proxy", "cipher");

    assertThat(reports.check("io.culvert.TunnelManager", encrypted).state())
        .isEqualTo(ConfigurationState.WAITING);
  }

  @Test
  void aCheckJudgesAsTheComponentWouldAndChangesNothing() {
    ConfigurationStatus status =
        reports.check("io.culvert.Tunnel~support", Map.of("mode", "both", "tokne", "x"));

    assertThat(status.pid()).isEqualTo("io.culvert.Tunnel~support");
    assertThat(status.state()).isEqualTo(ConfigurationState.REFUSED);
    assertThat(status.errors()).extracting("key").containsExactly("mode", "access.token");
    assertThat(status.warnings()).extracting("key").containsExactly("tokne");
    assertThat(reports.check("io.culvert.StreamBridge", Map.of()).state())
        .isEqualTo(ConfigurationState.ACCEPTED);
    assertThat(reports.current()).isEmpty();
    assertThatThrownBy(() -> reports.check("io.culvert.Tunnle", Map.of()))
        .hasMessageContainingAll("PID 'io.culvert.Tunnle'", "io.culvert.StreamBridge");
  }
}
