// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelMode;
import io.culvert.config.SecretValues;
import io.culvert.core.connect.LogCapture;
import io.culvert.core.status.ConfigurationReports;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The mappings, called as Declarative Services call them. */
class ServiceMappingConfigTest {
  private final LogCapture logs = new LogCapture();

  @AfterEach
  void stopCapture() {
    logs.close();
  }

  @Test
  void mappingsFollowTheConfigurationAndSurviveABadOne() {
    ServiceMappingConfig config =
        configure(Map.of("destinations", "SSH=22", "sources", "SSH=2222"));
    assertThat(config.of(TunnelMode.DESTINATION, Map.of("A", "1")).common())
        .isEqualTo(Map.of("SSH", "22"));
    assertThat(config.of(TunnelMode.SOURCE, Map.of("A", "1")).own()).isEqualTo(Map.of("A", "1"));

    config.modified(Map.of("destinations", "SSH=0"));
    assertThat(config.of(TunnelMode.DESTINATION, Map.of()).common()).isEqualTo(Map.of("SSH", "22"));
    assertThat(logs.warnings()).hasSize(1);
    assertThat(logs.warnings().get(0)).contains("destinations 'SSH=0'", "1 to 65535");

    config.modified(Map.of("destinations", "SSH=23"));
    assertThat(config.of(TunnelMode.DESTINATION, Map.of()).common()).isEqualTo(Map.of("SSH", "23"));
  }

  @Test
  void whoeverListensHearsOfChangedMappingsOnly() {
    ServiceMappingConfig config = configure(Map.of("destinations", "SSH=22"));
    List<String> told = new ArrayList<>();
    Runnable listener =
        () -> told.add("keep " + config.of(TunnelMode.SOURCE, Map.of()).keepEstablished());
    config.addListener(listener);

    config.modified(Map.of("destinations", List.of(" SSH = 22 ", ""), "component.id", 7L));
    config.modified(Map.of("destinations", "SSH=0"));
    config.modified(Map.of("destinations", "SSH=22", "keep.established", "perhaps"));
    assertThat(told).isEmpty();
    assertThat(logs.infos(ServiceMappingConfig.class)).isEmpty();

    config.modified(Map.of("destinations", "SSH=22", "keep.established", true));
    config.modified(Map.of());
    assertThat(told).containsExactly("keep true", "keep false");

    config.removeListener(listener);
    config.modified(Map.of("destinations", "SSH=22"));
    assertThat(told).hasSize(2);
  }

  @Test
  void aChangeNamesItsKeysAndServices() {
    ServiceMappingConfig config =
        configure(
            Map.of(
                "destinations", List.of("SSH=22", "DB=5432"), "sources", "2222", "weights", "4"));

    config.modified(
        Map.of(
            "destinations", List.of("SSH=23", "HTTP=80"),
            "sources", "2222",
            "keep.established", true,
            "weights", "HTTP=4",
            "rate.limits", "SSH=8000"));

    assertThat(logs.infos(ServiceMappingConfig.class))
        .containsExactly(
            "Service mappings changed: destinations DB removed, HTTP added, SSH changed;"
                + " keep.established true; weights the one without ID= removed, HTTP added;"
                + " rate.limits SSH added");
  }

  @Test
  void aShareOfAServiceThatNoMappingHasIsTakenWithOneWarning() {
    ServiceMappingConfig config =
        configure(Map.of("destinations", "SSH=22", "weights", "SHH=4", "component.id", 7L));
    config.modified(Map.of("destinations", "SSH=22", "weights", "SHH=4", "component.id", 8L));

    assertThat(config.of(TunnelMode.SOURCE, Map.of()).shares().weight("SHH")).isEqualTo(4);
    assertThat(logs.warnings())
        .singleElement()
        .asString()
        .contains("io.culvert.ServiceMappingConfig", "weights 'SHH=4'", "mapped here are SSH;");
  }

  private static ServiceMappingConfig configure(Map<String, Object> properties) {
    return new ServiceMappingConfig(new SecretValues(), new ConfigurationReports(), properties);
  }
}
