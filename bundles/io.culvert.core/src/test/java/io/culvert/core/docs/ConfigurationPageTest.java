// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.culvert.core.config.Mappings;
import io.culvert.core.config.ServiceMappingOcd;
import io.culvert.core.config.StreamBridgeConfig;
import io.culvert.core.config.StreamSettings;
import io.culvert.core.config.TunnelConfig;
import io.culvert.core.config.TunnelManagerConfig;
import io.culvert.core.config.TunnelOcd;
import io.culvert.core.config.TunnelSettings;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever configures Culvert finds each key, with its default and range, in the docs. */
class ConfigurationPageTest {
  static Stream<Arguments> components() {
    Consumer<Map<String, ?>> manager = TunnelSettings::parse;
    Consumer<Map<String, ?>> bridge = StreamSettings::parse;
    Consumer<Map<String, ?>> mappings = Mappings::parse;
    Consumer<Map<String, ?>> tunnel = properties -> TunnelConfig.parse(properties, "name");
    return Stream.of(
        Arguments.of("io.culvert.TunnelManager", TunnelManagerConfig.class, manager),
        Arguments.of("io.culvert.StreamBridge", StreamBridgeConfig.class, bridge),
        Arguments.of("io.culvert.ServiceMappingConfig", ServiceMappingOcd.class, mappings),
        Arguments.of("io.culvert.Tunnel", TunnelOcd.class, tunnel));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("components")
  void eachKeyHasOneRowWithItsDefault(String pid, Class<?> metatype) throws IOException {
    List<String> documented =
        rows(pid).stream().map(row -> Page.plain(row.get(0) + " " + row.get(1))).toList();

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(metatype.getDeclaredMethods())
                .map(element -> key(element) + " " + defaultOf(element))
                .toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("components")
  void eachRangeIsTheOneThatIsEnforced(
      String pid, Class<?> metatype, Consumer<Map<String, ?>> parser) throws IOException {
    Map<String, String> allowed = new LinkedHashMap<>();
    rows(pid).forEach(row -> allowed.put(Page.plain(row.get(0)), row.get(2)));

    for (Method element : metatype.getDeclaredMethods()) {
      if (element.getDefaultValue() instanceof Number) {
        String key = key(element);
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> reject(parser, key)))
            .hasMessage(key + " 'x': must be a whole number of " + allowed.get(key));
      }
    }
  }

  private static void reject(Consumer<Map<String, ?>> parser, String key) {
    parser.accept(Map.of(key, "x"));
  }

  private static List<List<String>> rows(String pid) throws IOException {
    return Page.read("configuration.md").section("## `" + pid + "`").rows();
  }

  private static String key(Method element) {
    return element.getName().replace('_', '.');
  }

  private static String defaultOf(Method element) {
    Object value = element.getDefaultValue();
    boolean empty = value instanceof String[] texts ? texts.length == 0 : "".equals(value);
    return empty ? "*empty*" : String.valueOf(value);
  }
}
