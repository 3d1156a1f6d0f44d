// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.webconsole.spi.ValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormRulesTest {
  private static final String PID = "io.culvert.Tunnel";
  private static final String NEW = "__Temporary PID replaced by real PID upon save__";

  private final FormRules rules = new FormRules(FormRulesTest::judge);

  private static Optional<ConfigurationStatus> judge(String pid, Map<String, Object> values) {
    return values.containsKey("a")
        ? Optional.of(
            new ConfigurationStatus(
                pid,
                ConfigurationState.REFUSED,
                List.of(
                    new ConfigurationProblem("a", String.valueOf(values.get("a")), "must be 2"),
                    new ConfigurationProblem("b", null, "is missing")),
                List.of()))
        : Optional.empty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.culvert.TunnelManager", "com.example.Guest"})
  void configurationsOfApplicationsAreShownAndChanged(String pid) {
    assertThat(rules.listConfiguration(null, pid)).isTrue();
    assertThatCode(
            () -> {
              rules.createConfiguration(pid);
              rules.createFactoryConfiguration(pid, null);
              rules.updateConfiguration(null, pid, new Hashtable<>());
              rules.updateConfiguration(pid, NEW, new Hashtable<>());
              rules.deleteConfiguration(null, pid);
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.apache.felix.http", "org.osgi.service.log.admin"})
  void thoseOfTheFrameworkAreNot(String pid) {
    assertThat(rules.listConfiguration(null, pid)).isFalse();
    assertThatThrownBy(() -> rules.createConfiguration(pid))
        .isInstanceOf(ValidationException.class)
        .hasMessage(pid + " is fixed");
    assertThatThrownBy(() -> rules.createFactoryConfiguration(pid, null))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> rules.updateConfiguration(null, pid, new Hashtable<>()))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> rules.updateConfiguration(pid, NEW, new Hashtable<>()))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> rules.deleteConfiguration(null, pid))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void whatAComponentWouldRefuseIsNotSaved() {
    assertThatThrownBy(() -> rules.updateConfiguration(PID, NEW, new Hashtable<>(Map.of("a", 1))))
        .isInstanceOf(ValidationException.class)
        .hasMessage("a '1': must be 2\nb: is missing");
    assertThatCode(() -> rules.updateConfiguration(null, "com.example.Guest", new Hashtable<>()))
        .doesNotThrowAnyException();
  }
}
