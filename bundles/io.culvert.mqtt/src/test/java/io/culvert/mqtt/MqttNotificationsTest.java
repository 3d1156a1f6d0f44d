// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MqttNotificationsTest {
  private final PlayedReporter reporter = new PlayedReporter();
  private final PlayedSink sink = new PlayedSink();
  private ScriptedBroker broker;
  private MqttNotifications component;

  @BeforeEach
  void start() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void end() throws Exception {
    component.deactivate();
    broker.close();
    assertThat(reporter.removed).containsExactly("io.culvert.MqttNotifications");
  }

  private Map<String, Object> properties(Object... more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("broker", "mqtt://127.0.0.1:" + broker.port());
    properties.put("thing", "gate");
    for (int i = 0; i < more.length; i += 2) {
      properties.put((String) more[i], more[i + 1]);
    }
    return properties;
  }

  private List<ConfigurationState> states() {
    return reporter.reports.stream().map(ConfigurationStatus::state).toList();
  }

  @Test
  void withoutAConfigurationNothingHappens() {
    component = new MqttNotifications(sink, reporter, Map.of());
    assertThat(states()).containsExactly(ConfigurationState.ACCEPTED);
  }

  @Test
  void aWrongConfigurationChangesNothing() throws Exception {
    component = new MqttNotifications(sink, reporter, properties());
    assertThat(broker.next()).startsWith("CONNECT");
    assertThat(broker.next()).startsWith("SUBSCRIBE");
    component.modified(properties("qos", 3));
    broker.publish(1, "$aws/things/gate/tunnels/notify", "still here", false);
    assertThat(sink.next()).isEqualTo("mqtt still here");
    assertThat(states()).containsExactly(ConfigurationState.ACCEPTED, ConfigurationState.REFUSED);
  }

  @Test
  void anEncryptedPasswordIsWaitedFor() throws Exception {
    Map<String, Object> properties =
        properties(
            "user",
            "me",
            "password",
            "encrypted",
            "kura.service.pid",
            "io.culvert.MqttNotifications");
    component = new MqttNotifications(sink, reporter, properties);
    assertThat(states()).containsExactly(ConfigurationState.WAITING);
    component.bindDecoder(value -> Secret.of("clear"));
    assertThat(broker.next()).isEqualTo("CONNECT MQTT 4 kept 60 gate me:clear");
    assertThat(states()).containsExactly(ConfigurationState.WAITING, ConfigurationState.ACCEPTED);
    assertThat(reporter.reports.toString()).doesNotContain("clear", "encrypted'");
  }
}
