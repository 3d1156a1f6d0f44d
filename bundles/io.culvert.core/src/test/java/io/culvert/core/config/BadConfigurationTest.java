// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.config.LastGood;
import io.culvert.config.Outcome;
import io.culvert.config.Schema;
import io.culvert.config.SecretValues;
import io.culvert.config.StatusSink;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong value is named with its key and with what is allowed; a secret only with its key. */
class BadConfigurationTest {
  private static final String SECRET = "ThatNobodyMaySee";
  private static final String MILLIS = "must be a whole number of 100 to 600000 ms";
  private static final String ENDPOINT =
      "must be host, host:port or [IPv6]:port, with a port of 1 to 65535 and no https://";
  private static final String DESTINATION =
      "must be a port (1 to 65535), host:port, [IPv6]:port or the path of a Unix socket with a '/',"
          + " alone or after ID=";
  private static final String LISTENER =
      "must be a port (1 to 65535, or 0 for one of the system's choice), host:port or [IPv6]:port,"
          + " alone or after ID=";
  private static final String REGIONS =
      "must be REGION=host, REGION=host:port or REGION=[IPv6]:port, such as us-east-1=";
  private static final String RATE = "a whole number of 8000 to 100000000000 bytes per second";
  private static final String RATES =
      "must be " + RATE + ", alone or after ID= with a service id, such as SSH=1000000";
  private static final String WEIGHT =
      "the weight must be a whole number of 1 to 100, alone or after ID= with a service id, such as"
          + " SSH=4";
  private static final String BOOLEAN = "must be true or false";

  /** The four kinds of configuration. */
  enum Kind {
    MANAGER(TunnelSettings.SCHEMA, Map.of("ping.period", 12_345)),
    BRIDGE(StreamSettings.SCHEMA, Map.of("backlog", 12_345)),
    TUNNEL(TunnelConfig.SCHEMA, Map.of("access.token", "token")),
    MAPPINGS(Mappings.SCHEMA, Map.of("destinations", "SSH=22"));

    private final Schema<?> schema;
    private final Map<String, Object> good;

    Kind(Schema<?> schema, Map<String, Object> good) {
      this.schema = schema;
      this.good = good;
    }
  }

  private static Arguments row(Kind kind, String key, Object value, String allowed) {
    return Arguments.of(kind, key, value, allowed);
  }

  static Stream<Arguments> visible() {
    return Stream.of(
        row(Kind.MANAGER, "region", "us-east", "must look like us-east-1"),
        row(Kind.MANAGER, "region", "US-EAST-1", "must look like us-east-1"),
        row(Kind.MANAGER, "region", "us-east-1.evil.example", "must look like us-east-1"),
        row(Kind.MANAGER, "endpoint", "host:0", ENDPOINT),
        row(Kind.MANAGER, "endpoint", "host:65536", ENDPOINT),
        row(Kind.MANAGER, "endpoint", "https://host", ENDPOINT),
        row(Kind.MANAGER, "region.endpoints", "us-east-1", REGIONS),
        row(Kind.MANAGER, "region.endpoints", "nowhere=host:1", REGIONS),
        row(Kind.MANAGER, "region.endpoints", "us-east-1=host:0", REGIONS),
        row(Kind.MANAGER, "subprotocol", "two words", "must be one name or several separated"),
        row(Kind.MANAGER, "subprotocol", ",", "must be one name or several separated"),
        row(Kind.MANAGER, "ca.path", "a\0b", "must be a valid path"),
        row(Kind.MANAGER, "state.dir", "a\0b", "must be a valid path"),
        row(Kind.MANAGER, "tls.verify.chain", "yes", BOOLEAN),
        row(Kind.MANAGER, "tls.verify.host", 1, BOOLEAN),
        row(Kind.MANAGER, "web.proxy.environment", "", BOOLEAN),
        row(Kind.MANAGER, "connect.timeout", 99L, MILLIS),
        row(Kind.MANAGER, "proxy.timeout", 600_001L, MILLIS),
        row(Kind.MANAGER, "tls.timeout", "10s", MILLIS),
        row(Kind.MANAGER, "upgrade.timeout", 1.5, MILLIS),
        row(Kind.MANAGER, "services.timeout", "", MILLIS),
        row(Kind.MANAGER, "ping.period", 0, "must be a whole number of 100 to 3600000"),
        row(Kind.MANAGER, "retry.delay", 0, "must be a whole number of 1 to 3600000"),
        row(Kind.MANAGER, "retry.max.delay", -1, "must be a whole number of 1 to 86400000"),
        row(Kind.MANAGER, "retry.count", -2, "must be a whole number of -1 to 1000000"),
        row(Kind.MANAGER, "max.frame", 65_536, "must be a whole number of 65537 to 16777216"),
        row(Kind.BRIDGE, "bind.address", "127.0.0.1:1", "without a port"),
        row(Kind.BRIDGE, "bind.address", "two words", "must be a host name or an address"),
        row(Kind.BRIDGE, "connect.timeout", "99999999999999999999", MILLIS),
        row(Kind.BRIDGE, "tcp.retry.count", -2, "must be a whole number of -1 to 1000000"),
        row(Kind.BRIDGE, "tcp.retry.delay", 0, "must be a whole number of 1 to 600000"),
        row(Kind.BRIDGE, "max.payload", 64_513, "must be a whole number of 512 to 64512"),
        row(Kind.BRIDGE, "buffer.connection", 127, "must be a whole number of 128 to 1048576"),
        row(Kind.BRIDGE, "buffer.tunnel", 255, "must be a whole number of 256 to 1048576"),
        row(Kind.BRIDGE, "buffer.total", -1, "must be a whole number of 0 to 16777216"),
        row(Kind.BRIDGE, "grace.source", -1, "must be a whole number of 0 to 86400000"),
        row(Kind.BRIDGE, "grace.destination", -1, "must be a whole number of 0 to 86400000"),
        row(Kind.BRIDGE, "stall.timeout", 999, "must be a whole number of 1000 to 86400000"),
        row(Kind.BRIDGE, "backlog", 0, "must be a whole number of 1 to 65535"),
        row(Kind.BRIDGE, "max.connections", 65_536, "must be a whole number of 1 to 65535"),
        row(Kind.BRIDGE, "queue.while.down", "maybe", BOOLEAN),
        row(Kind.BRIDGE, "strict.services", "0", BOOLEAN),
        row(Kind.BRIDGE, "event.loops", 65, "must be a whole number of 0 to 64"),
        row(Kind.BRIDGE, "native.transport", "on", BOOLEAN),
        row(Kind.TUNNEL, "mode", "both", "must be one of destination, source"),
        row(Kind.TUNNEL, "version", "V4", "must be one of auto, V1, V2, V3"),
        row(Kind.TUNNEL, "enabled", "perhaps", BOOLEAN),
        row(Kind.TUNNEL, "services", "SSH=", DESTINATION),
        row(Kind.TUNNEL, "services", "SSH=0", DESTINATION),
        row(
            Kind.TUNNEL,
            "services",
            "S H=22",
            "the service id before '=' must be 1 to 128 letters"),
        row(
            Kind.MAPPINGS,
            "destinations",
            "=22",
            "the service id before '=' must be 1 to 128 letters"),
        row(Kind.MAPPINGS, "destinations", "x".repeat(129) + "=22", "must be 1 to 128"),
        row(Kind.MAPPINGS, "destinations", "host", DESTINATION),
        row(Kind.MAPPINGS, "destinations", "SSH=host:0", DESTINATION),
        row(Kind.MAPPINGS, "destinations", "SSH=99999", DESTINATION),
        row(Kind.MAPPINGS, "sources", "SSH=/run/app.sock", LISTENER),
        row(Kind.MAPPINGS, "sources", "SSH=65536", LISTENER),
        row(Kind.MANAGER, "retry.jitter", 91, "must be a whole number of 0 to 90"),
        row(Kind.MAPPINGS, "destinations", "A=22,B=80", "several are written as a list"),
        row(Kind.MAPPINGS, "keep.established", "sometimes", BOOLEAN),
        row(Kind.MAPPINGS, "weights", "SSH=0", WEIGHT),
        row(Kind.MAPPINGS, "weights", "SSH:4", WEIGHT),
        row(
            Kind.MAPPINGS,
            "destinations",
            "SSH:",
            DESTINATION + " with a service id, such as SSH=22"),
        row(Kind.MAPPINGS, "weights", "SSH=4,HTTP=1", "several are written as a list"),
        row(Kind.MAPPINGS, "weights", "S H=1", "the service id before '=' must be 1 to 128"),
        row(Kind.MAPPINGS, "rate.limits", "SSH=1k", RATES),
        row(Kind.MAPPINGS, "rate.limits", "SSH=1e6", RATES),
        row(Kind.MAPPINGS, "rate.limits", "SSH:1000000", RATES),
        row(Kind.MAPPINGS, "rate.limits", "7999", RATES),
        row(Kind.BRIDGE, "link.rate", "fast", "must be auto, off, or " + RATE),
        row(Kind.BRIDGE, "link.rate", "1e6", "must be auto, off, or " + RATE + ", such as 1000000"),
        row(Kind.BRIDGE, "rate.limit", 7999, "must be 0 or " + RATE),
        row(
            Kind.BRIDGE,
            "rate.limit",
            "1e6",
            "must be a whole number of 0 to 100000000000 bytes/s, in digits only"),
        row(Kind.BRIDGE, "rate.limit", -1, "must be a whole number of 0 to 100000000000"),
        row(Kind.TUNNEL, "region", "Virginia", "must look like us-east-1"),
        row(Kind.TUNNEL, "endpoint", "https://host", ENDPOINT));
  }

  @ParameterizedTest
  @MethodSource("visible")
  void keyValueAndWhatIsAllowedAreNamed(Kind kind, String key, Object value, String allowed) {
    assertThatThrownBy(() -> kind.schema.parse(with(kind, key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key + " '" + value + "': ")
        .hasMessageContaining(allowed);
  }

  static Stream<Arguments> singletons() {
    return Stream.concat(visible(), hidden()).filter(row -> row.get()[0] != Kind.TUNNEL);
  }

  @ParameterizedTest
  @MethodSource("singletons")
  void whatWasInForceStays(Kind kind, String key, Object value, String allowed) {
    StatusSink nobody =
        new StatusSink() {
          @Override
          public void put(Outcome outcome, boolean another) {}

          @Override
          public void remove(String pid) {}
        };
    LastGood<?> settings = new LastGood<>(kind.schema, new SecretValues(), nobody, kind.good);
    Object before = settings.get();

    assertThat(settings.update(with(kind, key, value))).isFalse();

    assertThat(settings.get()).isSameAs(before).isEqualTo(kind.schema.parse(kind.good));
  }

  static Stream<Arguments> hidden() {
    return Stream.of(
        row(
            Kind.MANAGER,
            "web.proxy",
            "ftp://u:" + SECRET + "@host",
            "the scheme must be http:// or https://"),
        row(Kind.MANAGER, "web.proxy", "http://u:" + SECRET + "@host:x", "port of 1 to 65535"),
        row(Kind.MANAGER, "web.proxy", "http://u:" + SECRET + "@host:0", "port of 1 to 65535"),
        row(Kind.MANAGER, "web.proxy", "http://u:" + SECRET + "%zz@host", "hexadecimal"),
        row(Kind.MANAGER, "web.proxy", "http://:" + SECRET + "@host", "user name"),
        row(Kind.TUNNEL, "access.token", SECRET + " with spaces", "printable ASCII"),
        row(Kind.TUNNEL, "access.token", SECRET.repeat(200), "1 to 3072"),
        row(Kind.TUNNEL, "client.token", SECRET, "32 to 128 letters, digits and hyphens"),
        row(Kind.TUNNEL, "client.token", SECRET.repeat(20), "32 to 128 letters"),
        row(Kind.TUNNEL, "client.token", SECRET + "_".repeat(40), "32 to 128 letters"));
  }

  @ParameterizedTest
  @MethodSource("hidden")
  void ofASecretOnlyKeyAndWhatIsAllowedAreNamed(
      Kind kind, String key, Object value, String allowed) {
    assertThatThrownBy(() -> kind.schema.parse(with(kind, key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s)" + key + ": (the|in the|must) .*")
        .hasMessageContaining(allowed)
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(SECRET));
  }

  @Test
  void everythingThatIsWrongIsNamedAtOnce() {
    Map<String, Object> manager =
        Map.of(
            "region", "nowhere",
            "subprotocol", "two words",
            "ping.period", 1,
            "web.proxy", "ftp://host",
            "tls.verify.chain", "no");
    assertThatThrownBy(() -> TunnelSettings.SCHEMA.parse(manager))
        .hasMessageContainingAll(
            "region 'nowhere'",
            "subprotocol 'two words'",
            "ping.period '1'",
            "web.proxy: ",
            "tls.verify.chain 'no'");

    Map<String, Object> tunnel = Map.of("mode", "both", "version", "V9", "services", "S=x");
    assertThatThrownBy(() -> TunnelConfig.SCHEMA.parse(tunnel).spec("name"))
        .hasMessageContainingAll("mode 'both'", "version 'V9'", "services 'S=x'", "access.token");

    Map<String, Object> mappings =
        Map.of("destinations", new String[] {"A=0", "B=x"}, "sources", "C=y");
    assertThatThrownBy(() -> Mappings.SCHEMA.parse(mappings))
        .hasMessageContainingAll("destinations 'A=0'", "destinations 'B=x'", "sources 'C=y'");
  }

  @Test
  void anEnabledTunnelNeedsModeAndToken() {
    assertThatThrownBy(() -> TunnelConfig.SCHEMA.parse(Map.of("mode", "")).spec("name"))
        .hasMessageContainingAll(
            "mode: must be one of destination, source", "access.token: must be");
    assertThatThrownBy(
            () ->
                TunnelConfig.SCHEMA.parse(Map.of("mode", " ", "access.token", SECRET)).spec("name"))
        .hasMessageContaining("mode: must be one of destination, source");
  }

  @Test
  void whatHasOneValueHasNoSecondOne() {
    assertThatThrownBy(
            () ->
                TunnelSettings.SCHEMA.parse(
                    Map.of("region", new String[] {"us-east-1", "eu-west-1"})))
        .hasMessage("region '[us-east-1, eu-west-1]': must be one value, not a list");
    assertThatThrownBy(
            () -> TunnelConfig.SCHEMA.parse(Map.of("access.token", List.of(SECRET, "b"))))
        .hasMessage("access.token: must be one value, not a list");
  }

  private static Map<String, Object> with(Kind kind, String key, Object value) {
    Map<String, Object> properties = new HashMap<>();
    if (kind == Kind.TUNNEL) {
      properties.put("access.token", "token");
    }
    properties.put(key, value);
    return properties;
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
