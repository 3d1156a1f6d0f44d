// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.culvert.api.Secret;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.launcher.reference.Settings;
import io.culvert.launcher.reference.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the bundles are configured with. */
class SettingsMappingTest {
  private static final Path STATE = Path.of("/state/culvert");

  @Test
  void onlyWhatTheUserGaveIsConfigured() {
    Map<String, Map<String, Object>> configurations =
        SettingsMapping.configurations(plan(TunnelMode.SOURCE, Settings.NONE, Map.of()), STATE);

    assertThat(configurations.get("io.culvert.TunnelManager"))
        .containsOnly(
            entry("state.dir", "/state/culvert"),
            entry("tls.verify.chain", true),
            entry("tls.verify.host", true));
    assertThat(configurations.get("io.culvert.StreamBridge"))
        .containsOnly(entry("strict.services", false));
    assertThat(configurations.get("io.culvert.ServiceMappingConfig"))
        .containsOnly(entry("sources", new String[0]));
  }

  @Test
  void everySettingOfTheReferenceHasItsKeyAndType() {
    Settings settings =
        SettingsFile.parse(
            """
            {"tunneling": {"proxy": {
              "endpoint_format": "t.%s.example",
              "tcp": {"connection_retry_count": "1", "connection_retry_delay_ms": "2",
                      "max_active_connections": "3"},
              "message": {"max_payload_size": "600"},
              "websocket": {"ping_period_ms": "500", "retry_delay_ms": "70000",
                            "connect_retry_count": "-1", "subprotocol": "seven"}}}}
            """,
            "s.json");

    Map<String, Map<String, Object>> configurations =
        SettingsMapping.configurations(
            plan(TunnelMode.DESTINATION, settings, Map.of("SSH", "22")), STATE);

    assertThat(configurations.get("io.culvert.TunnelManager"))
        .contains(
            entry("region.endpoints", new String[] {"us-east-1=t.us-east-1.example"}),
            entry("ping.period", 500L),
            entry("retry.delay", 70000L),
            entry("retry.max.delay", 70000L),
            entry("retry.count", -1),
            entry("subprotocol", "seven"));
    assertThat(configurations.get("io.culvert.StreamBridge"))
        .containsOnly(
            entry("tcp.retry.count", 1),
            entry("tcp.retry.delay", 2L),
            entry("max.connections", 3),
            entry("max.payload", 600),
            entry("strict.services", false));
    assertThat(configurations.get("io.culvert.ServiceMappingConfig"))
        .containsOnly(entry("destinations", new String[] {"SSH=22"}));
  }

  @Test
  void mappingsOfTheCommandLineMustFitTheTunnel() {
    TunnelSpec spec =
        new TunnelSpec(
            "t",
            TunnelMode.SOURCE,
            Secret.of("s3cret"),
            null,
            "us-east-1",
            null,
            Map.of("SSH", "22"),
            null);
    LaunchPlan plan = new LaunchPlan(spec, 4, null, null, true, Map.of(), Settings.NONE, List.of());

    assertThat(SettingsMapping.configurations(plan, STATE).get("io.culvert.StreamBridge"))
        .containsOnly(entry("strict.services", true));
  }

  @Test
  void noConfigurationHoldsAToken() {
    LaunchPlan plan = plan(TunnelMode.SOURCE, Settings.NONE, Map.of("SSH", "22"));

    assertThat(SettingsMapping.configurations(plan, STATE).toString()).doesNotContain("s3cret");
  }

  private static LaunchPlan plan(
      TunnelMode mode, Settings settings, Map<String, String> configured) {
    TunnelSpec spec =
        new TunnelSpec("t", mode, Secret.of("s3cret"), null, "us-east-1", null, Map.of(), null);
    return new LaunchPlan(spec, 4, null, null, true, configured, settings, List.of());
  }
}
