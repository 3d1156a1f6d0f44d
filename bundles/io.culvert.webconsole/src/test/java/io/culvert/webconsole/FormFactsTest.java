// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.Configurations;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class FormFactsTest {
  private static final String BRIDGE = "io.culvert.StreamBridge";
  private static final String TUNNEL = "io.culvert.Tunnel~support";

  @Test
  void aTunnelHasItsNameAndTheKeysThatHoldSomethingButNoValues() throws Exception {
    Map<String, Object> values =
        Map.of("name", "Support", "access.token", "s3cret", "client.token", "", "enabled", false);
    FormFacts facts = new FormFacts(having(configuration(TUNNEL, values)));

    assertThat(facts.facts().get(TUNNEL))
        .containsEntry("name", "Support")
        .containsEntry("filled", List.of("access.token", "enabled", "name"));
    assertThat(Json.of(facts.facts())).doesNotContain("s3cret");
  }

  @Test
  void aConfigurationWithoutANameHasNone() throws Exception {
    FormFacts facts =
        new FormFacts(having(configuration(TUNNEL, Map.of("name", " ", "mode", "source"))));

    assertThat(facts.facts().get(TUNNEL)).doesNotContainKey("name");
  }

  @Test
  void eachProblemNamesItsKey() throws Exception {
    FormFacts facts = new FormFacts(having());
    facts.configurations = new OneRefused();

    assertThat(facts.facts().get(BRIDGE))
        .containsEntry("state", ConfigurationState.REFUSED)
        .containsEntry(
            "errors", List.of(Map.of("key", "backlog", "text", "backlog '0': must be 1 to 65535")))
        .containsEntry("warnings", List.of(Map.of("key", "bufer", "text", "bufer: has no effect")));
  }

  @Test
  void withoutAJudgeAndConfigurationsThereIsNothingToTell() throws Exception {
    assertThat(new FormFacts(having()).facts()).isEmpty();
  }

  @Test
  void whatIsDeletedMeanwhileIsLeftOut() throws Exception {
    Configuration deleted = fake(Configuration.class, Map.of());

    assertThat(new FormFacts(having(deleted, configuration(TUNNEL, Map.of()))).facts())
        .containsOnlyKeys(TUNNEL);
  }

  private static ConfigurationAdmin having(Configuration... configurations) {
    return fake(ConfigurationAdmin.class, Map.of("listConfigurations", configurations));
  }

  private static Configuration configuration(String pid, Map<String, Object> values) {
    return fake(
        Configuration.class, Map.of("getPid", pid, "getProperties", new Hashtable<>(values)));
  }

  private static <T> T fake(Class<T> type, Map<String, ?> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            FormFactsTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              if (!answers.containsKey(called.getName())) {
                throw new IllegalStateException("deleted");
              }
              return answers.get(called.getName());
            }));
  }

  private static final class OneRefused implements Configurations {
    @Override
    public Set<String> secretKeys(String pid) {
      throw new AssertionError("nobody asks");
    }

    @Override
    public List<ConfigurationStatus> current() {
      return List.of(
          new ConfigurationStatus(
              BRIDGE,
              ConfigurationState.REFUSED,
              List.of(new ConfigurationProblem("backlog", "0", "must be 1 to 65535")),
              List.of(new ConfigurationProblem("bufer", null, "has no effect"))));
    }

    @Override
    public ConfigurationStatus check(String pid, Map<String, ?> properties) {
      throw new UnsupportedOperationException(pid);
    }
  }
}
