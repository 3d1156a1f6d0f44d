// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.Secret;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.config.HostPort;
import io.culvert.config.Reading;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from configurations that are right. */
class ConfigurationTest {

  /** What Declarative Services hands over where nothing is configured. */
  private static Map<String, Object> defaults(Class<?> metatype) {
    Map<String, Object> properties = new HashMap<>();
    for (Method element : metatype.getDeclaredMethods()) {
      properties.put(element.getName().replace('_', '.'), element.getDefaultValue());
    }
    assertThat(properties).isNotEmpty().doesNotContainValue(null);
    return properties;
  }

  @Test
  void declaredDefaultsAreTheSameAsNothing() {
    assertThat(TunnelSettings.SCHEMA.parse(defaults(TunnelManagerOcd.class)))
        .isEqualTo(TunnelSettings.SCHEMA.parse(Map.of()));
    assertThat(StreamSettings.SCHEMA.parse(defaults(StreamBridgeOcd.class)))
        .isEqualTo(StreamSettings.SCHEMA.parse(Map.of()))
        .isEqualTo(StreamSettings.DEFAULT);
    assertThat(Mappings.SCHEMA.parse(defaults(ServiceMappingOcd.class)))
        .isEqualTo(new Mappings(Map.of(), Map.of(), false, Shares.EQUAL));
  }

  @Test
  void theDefaultsAreSafe() {
    TunnelSettings settings = TunnelSettings.SCHEMA.parse(Map.of());
    assertThat(settings.connect()).isEqualTo(ConnectSettings.defaults());
    assertThat(settings.connect().verifyChain()).isTrue();
    assertThat(settings.connect().verifyHost()).isTrue();
    assertThat(settings.pingPeriod()).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.retry().count()).isEqualTo(-1);
    assertThat(settings.stateDirectory()).isNull();
    assertThat(StreamSettings.DEFAULT.bindAddress()).isNull();
    assertThat(StreamSettings.DEFAULT.sourceGrace()).isEqualTo(Duration.ofSeconds(5));
    assertThat(StreamSettings.DEFAULT.connectionBudget()).isEqualTo(4 << 20);
    assertThat(StreamSettings.DEFAULT.tunnelBudget()).isEqualTo(8 << 20);
  }

  @Test
  void aTunnelWithDefaultsAndATokenIsADestination() {
    Map<String, Object> properties = defaults(TunnelOcd.class);
    properties.put("access.token", "token");

    assertThat(TunnelConfig.SCHEMA.parse(properties).spec("pid"))
        .isEqualTo(
            new TunnelSpec(
                "pid",
                TunnelMode.DESTINATION,
                Secret.of("token"),
                null,
                null,
                null,
                Map.of(),
                null));
  }

  @Test
  void everythingOfATunnelIsRead() {
    Map<String, Object> properties =
        Map.of(
            "name", " gateway ",
            "mode", "Source",
            "access.token", " token\n",
            "client.token", "0123456789-0123456789-0123456789",
            "region", "eu-west-1",
            "services", new String[] {"SSH=2222", "", "WEB=[::1]:0"},
            "version", "v2");

    assertThat(TunnelConfig.SCHEMA.parse(properties).spec("pid"))
        .isEqualTo(
            new TunnelSpec(
                "gateway",
                TunnelMode.SOURCE,
                Secret.of("token"),
                Secret.of("0123456789-0123456789-0123456789"),
                "eu-west-1",
                null,
                Map.of("SSH", "2222", "WEB", "[::1]:0"),
                ProtocolVersion.V2));
  }

  @Test
  void aTunnelThatIsNotEnabledNeedsNoToken() {
    assertThat(TunnelConfig.SCHEMA.parse(Map.of("enabled", false)).spec("pid")).isNull();
    assertThat(
            TunnelConfig.SCHEMA.parse(Map.of("enabled", "FALSE", "access.token", "t")).spec("pid"))
        .isNull();
  }

  /** Consoles and configuration files do not always give the type that was declared. */
  @Test
  void otherTypesThanTheDeclaredAreTaken() {
    TunnelSettings settings =
        TunnelSettings.SCHEMA.parse(
            Map.of(
                "ping.period",
                5000,
                "retry.delay",
                " 50 ",
                "retry.count",
                7L,
                "connect.timeout",
                new Long[] {1000L},
                "tls.timeout",
                new int[] {2000},
                "services.timeout",
                List.of(3000),
                "tls.verify.host",
                "False",
                "region.endpoints",
                "us-east-1=host:8443"));
    assertThat(settings.pingPeriod()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.retry().delay().first()).isEqualTo(Duration.ofMillis(50));
    assertThat(settings.retry().count()).isEqualTo(7);
    assertThat(settings.connect().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.connect().tlsTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.servicesTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.connect().verifyHost()).isFalse();
    assertThat(settings.regionEndpoints()).containsKey("us-east-1");

    Map<String, String> ssh = Map.of("SSH", "22");
    for (Object value :
        List.of(
            "SSH=22",
            " SSH = 22 ",
            new String[] {"SSH=22"},
            List.of("SSH=22"),
            new String[] {null, "SSH=22", " "},
            Arrays.asList("SSH=22", null))) {
      assertThat(Mappings.SCHEMA.parse(Map.of("destinations", value)).destinations())
          .isEqualTo(ssh);
    }
  }

  @Test
  void emptyTextsAndArraysAreTheDefault() {
    TunnelSettings settings =
        TunnelSettings.SCHEMA.parse(
            Map.of(
                "region", "",
                "endpoint", " ",
                "subprotocol", "",
                "ca.path", "",
                "web.proxy", "",
                "state.dir", "",
                "retry.count", new Integer[0],
                "ping.period", new Long[] {null},
                "region.endpoints", new String[0]));

    assertThat(settings).isEqualTo(TunnelSettings.SCHEMA.parse(Map.of()));
  }

  @Test
  void keysOfFrameworksAndConsolesAreTheirs() {
    Reading<TunnelSettings> reading =
        TunnelSettings.SCHEMA.read(
            Map.of(
                "service.pid", "io.culvert.TunnelManager",
                "component.id", 7L,
                "kura.service.pid", "io.culvert.TunnelManager",
                "felix.fileinstall.filename", "file",
                "org.apache.felix.configurator.revision", 1,
                ":configurator:resource-version", 1,
                ".private", "x"));

    assertThat(reading.orThrow()).isEqualTo(TunnelSettings.SCHEMA.parse(Map.of()));
    assertThat(reading.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "destination, destinations",
    "Sources, sources",
    "keep-established, keep.established"
  })
  void aKeyThatNothingReadsIsAWarningWithTheNearestOne(String unknown, String nearest) {
    assertThat(Mappings.SCHEMA.read(Map.of(unknown, "SSH=22")).warnings())
        .singleElement()
        .asString()
        .isEqualTo(unknown + ": is no key here and has no effect; did you mean " + nearest + "?");
  }

  @ParameterizedTest
  @CsvSource({
    "weights, io.culvert.ServiceMappingConfig",
    "access.token, io.culvert.Tunnel",
    "rate.limit, io.culvert.StreamBridge"
  })
  void aKeyOfAnotherPidIsAWarningWithThatPid(String key, String pid) {
    assertThat(TunnelSettings.SCHEMA.read(Map.of(key, "x"), new Kinds()).warnings())
        .singleElement()
        .asString()
        .isEqualTo(key + ": is no key here and has no effect; it belongs to " + pid);
  }

  @Test
  void aKeyOfOtherPidsMayBeMisspeltAsWell() {
    assertThat(Mappings.SCHEMA.read(Map.of("rate.limit", "SSH=8000"), new Kinds()).warnings())
        .singleElement()
        .asString()
        .isEqualTo(
            "rate.limit: is no key here and has no effect; it belongs to io.culvert.StreamBridge,"
                + " or did you mean rate.limits?");
    assertThat(Mappings.SCHEMA.read(Map.of("connect.timeout", 1), new Kinds()).warnings())
        .singleElement()
        .asString()
        .endsWith("it belongs to io.culvert.TunnelManager or io.culvert.StreamBridge");
  }

  /** Not everything that begins like the keys of a framework is one. */
  @Test
  void aKeyThatLooksLikeOneOfTheFrameworkIsAWarning() {
    assertThat(TunnelSettings.SCHEMA.read(Map.of("service.timeout", 5)).warnings())
        .singleElement()
        .asString()
        .endsWith("did you mean services.timeout?");
  }

  @Test
  void aKeyThatIsLikeNoneIsAWarningWithoutAdvice() {
    assertThat(Mappings.SCHEMA.read(Map.of("colour", "red")).warnings())
        .singleElement()
        .asString()
        .isEqualTo("colour: is no key here and has no effect");
  }

  @Test
  void authoritiesThatAreNotThereAreAWarning() {
    assertThat(TunnelSettings.SCHEMA.read(Map.of("ca.path", "/no/such/file")).warnings())
        .singleElement()
        .asString()
        .isEqualTo(
            "ca.path '/no/such/file': does not exist; while that is so, a tunnel that tries to"
                + " connect fails with CLV-CONFIG");
    assertThat(
            TunnelSettings.SCHEMA
                .read(Map.of("ca.path", "/no/such/file", "tls.verify.chain", false))
                .warnings())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1, data.tunneling.iot.us-east-1.amazonaws.com",
    "us-gov-west-1, data.tunneling.iot.us-gov-west-1.amazonaws.com",
    "cn-north-1, data.tunneling.iot.cn-north-1.amazonaws.com.cn"
  })
  void aRegionLeadsToItsEndpoint(String region, String host) {
    TunnelSettings none = TunnelSettings.SCHEMA.parse(Map.of());
    TunnelSettings configured = TunnelSettings.SCHEMA.parse(Map.of("region", region));

    assertThat(none.service(region, null)).isEqualTo(new HostPort(host, 443));
    assertThat(configured.service(null, null)).isEqualTo(new HostPort(host, 443));
  }

  @Test
  void theTunnelsOwnServiceGoesFirst() {
    TunnelSettings settings =
        TunnelSettings.SCHEMA.parse(
            Map.of(
                "endpoint", "Configured.example:1",
                "region.endpoints", new String[] {"us-east-1=exception.example:8443"},
                "state.dir", "state"));

    assertThat(settings.service(null, "own.example")).isEqualTo(new HostPort("own.example", 443));
    assertThat(settings.service("us-east-1", null))
        .isEqualTo(new HostPort("exception.example", 8443));
    assertThat(settings.service(null, null)).isEqualTo(new HostPort("configured.example", 1));
    assertThat(settings.stateDirectory()).isEqualTo(Path.of("state"));
    assertThatThrownBy(() -> settings.service(null, "own.example:0"))
        .hasMessageContaining("endpoint 'own.example:0': must be host, host:port or");
    assertThatThrownBy(() -> TunnelSettings.SCHEMA.parse(Map.of()).service(null, null))
        .hasMessageContaining("region, endpoint: one of them must be given");
  }
}
