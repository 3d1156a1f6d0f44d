// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ConfigurationKind;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KuraNotificationsSettingsTest {
  private static final String TARGET = "DataService.target";

  private static ConfigurationStatus check(Map<String, ?> properties) {
    return ServiceLoader.load(ConfigurationKind.class).findFirst().orElseThrow().check(properties);
  }

  @Test
  void byDefaultThereIsNothingToSubscribeTo() {
    assertThat(KuraNotificationsSettings.SCHEMA.parse(Map.of()).topic()).isNull();
    assertThat(check(Map.of()).warnings()).isEmpty();
    assertThat(check(Map.of()).pid()).isEqualTo("io.culvert.KuraNotifications");
  }

  @ParameterizedTest
  @CsvSource({"gateway-7", "' a '", "A:b_c-9"})
  void aThingHasATopic(String thing) {
    assertThat(KuraNotificationsSettings.SCHEMA.parse(Map.of("thing", thing)).topic())
        .isEqualTo("$aws/things/" + thing.strip() + "/tunnels/notify");
  }

  @ParameterizedTest
  @CsvSource({
    "thing, a/b, name of a thing",
    "thing, +, name of a thing",
    "thing, #, name of a thing",
    "thing, ä, name of a thing",
    "DataService.target, name, OSGi filter",
    "DataService.target, ' ', must be a filter",
    "CloudSubscriber.target, '(kura.service.pid=x', OSGi filter",
    "CloudSubscriber.target, '', must be a filter",
  })
  void whatIsWrongIsNamed(String key, String value, String message) {
    ConfigurationStatus status = check(Map.of(key, value));
    assertThat(status.state()).isEqualTo(ConfigurationState.REFUSED);
    assertThat(status.errors()).singleElement().asString().contains(key, message);
  }

  @Test
  void aDataServiceWithoutAThingIsOdd() {
    String filter = "(kura.service.pid=org.eclipse.kura.data.DataService)";
    assertThat(check(Map.of(TARGET, filter)).warnings())
        .singleElement()
        .asString()
        .contains("thing");
    assertThat(check(Map.of(TARGET, filter, "thing", "a")).warnings()).isEmpty();
    assertThat(check(Map.of(TARGET, "(kura.service.pid=changeme)")).warnings()).isEmpty();
  }

  @Test
  void whatKuraAddsIsNotOdd() {
    assertThat(
            check(
                    Map.of(
                        "kura.service.pid",
                        "io.culvert.KuraNotifications",
                        "component.name",
                        "x",
                        "service.pid",
                        "x"))
                .warnings())
        .isEmpty();
  }
}
