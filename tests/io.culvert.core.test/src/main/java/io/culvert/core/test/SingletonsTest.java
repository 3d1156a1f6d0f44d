// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** The singletons run before, while and after they are configured. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class SingletonsTest {
  private static final String STAYS = ": is not accepted, what was in force stays: ";

  @InjectBundleContext BundleContext context;
  @InjectService ConfigurationAdmin admin;
  @InjectService ServiceComponentRuntime components;
  private Bundle core;

  @BeforeEach
  void findCore() {
    core = CoreBundle.in(context);
  }

  @ParameterizedTest
  @CsvSource({
    "io.culvert.TunnelManager, ping.period, 30000, 40000",
    "io.culvert.StreamBridge, tcp.retry.delay, 100, 200",
    "io.culvert.ServiceMappingConfig, destinations, SSH=22, SSH=2222",
    "io.culvert.NotificationSink, lifetime, 30000, 40000",
  })
  void isActiveWithAndWithoutConfiguration(String pid, String key, String one, String two)
      throws Exception {
    assertActive(pid, key, null);
    try (Configurations configurations = new Configurations(admin)) {
      Configuration configuration = configurations.singleton(pid, Map.of(key, one));
      Eventually.holds(() -> assertActive(pid, key, one));

      Configurations.update(configuration, Map.of(key, two));
      Eventually.holds(() -> assertActive(pid, key, two));
    }
    Eventually.holds(() -> assertActive(pid, key, null));
  }

  @ParameterizedTest
  @CsvSource({
    "io.culvert.TunnelManager, ping.period",
    "io.culvert.StreamBridge, tcp.retry.delay",
    "io.culvert.NotificationSink, lifetime",
  })
  void aBadValueIsNamedAndTheComponentGoesOn(String pid, String key) throws Exception {
    try (ErrorOutput output = new ErrorOutput();
        Configurations configurations = new Configurations(admin)) {
      Configuration configuration = configurations.singleton(pid, Map.of(key, "30000"));
      Eventually.holds(() -> assertActive(pid, key, "30000"));

      Configurations.update(configuration, Map.of(key, "soon"));

      Eventually.holds(
          () -> assertThat(output.text()).contains(pid + STAYS + key + " 'soon': must be"));
      Eventually.holds(() -> assertActive(pid, key, "soon"));
    }
    Eventually.holds(() -> assertActive(pid, key, null));
  }

  @Test
  void noFactoryInstanceRunsWithoutConfiguration() {
    assertThat(running("io.culvert.Tunnel")).isEmpty();
  }

  /** The state with the value tells that the component has seen the value. */
  private void assertActive(String pid, String key, @Nullable String value) {
    assertThat(running(pid))
        .singleElement()
        .satisfies(
            configuration -> {
              assertThat(configuration.state).isEqualTo(ComponentConfigurationDTO.ACTIVE);
              assertThat(configuration.failure).isNull();
              if (value == null) {
                assertThat(configuration.properties).doesNotContainKey("service.pid");
              } else {
                assertThat(configuration.properties).containsEntry(key, value);
              }
            });
  }

  private List<ComponentConfigurationDTO> running(String name) {
    ComponentDescriptionDTO description = components.getComponentDescriptionDTO(core, name);
    return List.copyOf(components.getComponentConfigurationDTOs(description));
  }
}
