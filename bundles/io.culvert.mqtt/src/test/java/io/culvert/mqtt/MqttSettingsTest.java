// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ConfigurationKind;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MqttSettingsTest {
  private static Map<String, Object> properties(String... more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("broker", "broker.example");
    properties.put("thing", "gate");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }

  private static ConfigurationStatus check(Map<String, ?> properties) {
    return ServiceLoader.load(ConfigurationKind.class).findFirst().orElseThrow().check(properties);
  }

  @Test
  void byDefaultThereIsNoBroker() {
    MqttSettings settings = MqttSettings.SCHEMA.parse(Map.of());
    assertThat(settings.broker()).isNull();
    assertThat(settings.enabled()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "broker.example,               broker.example:8883, true",
    "broker.example:443,           broker.example:443,  true",
    "mqtts://my_broker:8884,       my_broker:8884,      true",
    "[::1]:8883,                   [::1]:8883,          true",
    "mqtt://localhost,             localhost:1883,      false",
    "mqtt://127.0.0.1:18,          127.0.0.1:18,        false",
    "mqtt://[::1]:18,              [::1]:18,            false"
  })
  void theBrokerHasAPortAndTls(String text, String address, boolean tls) {
    BrokerAddress broker = BrokerAddress.parse(text);
    assertThat(broker).hasToString(address);
    assertThat(broker.tls()).isEqualTo(tls);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "thing              |                       | thing: must be set, as broker is",
        "broker             |                       | broker: must be set, as thing is",
        "broker             | ssl://a               | broker 'ssl://a': must be host, host:port",
        "broker             | a:0                   | broker 'a:0': must be host, host:port",
        "broker             | a/b                   | broker 'a/b': must be host, host:port",
        "broker             | mqtt://a              | broker 'mqtt://a': must not begin with mqtt",
        "broker             | mqtts://me:s3cret@a   | broker: must not hold credentials",
        "thing              | a/b                   | thing 'a/b': must be the name of a thing",
        "thing              | #                     | thing '#': must be the name of a thing",
        "client.id          | a b                   | client.id 'a b': must be at most 128",
        "certificate        | /a.pem                | private.key: must be set, as certificate is",
        "private.key        | /a.key                | certificate: must be set, as private.key is",
        "key.store.password | s3cret                | key.store: must be set, as key.store.password",
        "password           | s3cret                | user: must be set, as password is",
        "web.proxy          | socks://u:s3cret@a    | web.proxy: the scheme must be http",
        "qos                | 2                     | qos '2': must be a whole number of 0 to 1",
        "keep.alive         | 1000                  | keep.alive '1000': must be a whole number of",
        "retry.delay        | 70000                 | retry.delay '70000': must be at most retry.m"
      })
  void whatIsWrongIsNamedAndSecretsAreNot(String key, String value, String message) {
    ConfigurationStatus status = check(properties(key, value == null ? "" : value));
    assertThat(status.state()).isEqualTo(ConfigurationState.REFUSED);
    assertThat(status.errors()).singleElement().asString().startsWith(message);
    assertThat(status.toString()).doesNotContain("s3cret");
  }

  @Test
  void aKeyStoreAndACertificateAreTooMuch() {
    assertThat(
            check(properties("key.store", "/a.p12", "certificate", "/a", "private.key", "/b"))
                .errors())
        .singleElement()
        .hasToString("key.store '/a.p12': must not be set beside certificate");
  }

  @Test
  void noTextOfTheSettingsHasASecret() {
    MqttSettings settings =
        MqttSettings.SCHEMA.parse(
            properties(
                "user", "me",
                "password", "s3cret",
                "key.store", "/a.p12",
                "key.store.password", "s3cret",
                "web.proxy", "http://me:s3cret@proxy"));
    assertThat(settings.toString()).contains("broker.example", "/a.p12").doesNotContain("s3cret");
  }
}
