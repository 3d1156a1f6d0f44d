// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings file of the reference, in and out. */
class SettingsFileTest {
  @Test
  void exportedDefaultsAreReadBackWithoutANotice(@TempDir Path folder) {
    Path file = folder.resolve("settings.json");
    assertThat(DefaultSettings.write(file))
        .isEqualTo("Wrote " + file + " with the default settings");
    assertThat(DefaultSettings.write(file))
        .isEqualTo("Overwrote " + file + " with the default settings");

    Settings settings = SettingsFile.read(file);

    for (Setting setting : Setting.values()) {
      assertThat(settings.get(setting)).isEqualTo(setting.defaultValue());
    }
    assertThat(settings.regionEndpoints()).containsOnlyKeys("cn-north-1", "cn-northwest-1");
    assertThat(Items.strict(settings.items())).isEmpty();
  }

  @Test
  void exportedDefaultsHaveTheShapeOfTheReference() {
    assertThat(DefaultSettings.toJson())
        .startsWith("{\n  \"tunneling\" : {\n    \"proxy\" : {\n")
        .contains("\"connection_retry_count\" : \"5\"")
        .containsOnlyOnce("\"websocket\" : {")
        .containsOnlyOnce("\"tcp\" : {")
        .endsWith("}\n");
  }

  @Test
  void valuesMayBeStringsNumbersOrBooleansAndUnknownKeysAreToldOnce() {
    Settings settings =
        parse(
            """
            {"tunneling": {"proxy": {
              "tcp": {"connection_retry_count": 7, "read_buffer_size": "131076"},
              "websocket": {"ping_period_ms": " 5000 ", "reconnect_on_data_error": true},
              "colour": "red"}},
             "other": {"a": {"b": "c"}}}
            """);

    assertThat(settings.values())
        .containsOnly(entry(Setting.TCP_RETRY_COUNT, "7"), entry(Setting.PING_PERIOD, "5000"));
    assertThat(Items.strict(settings.items()))
        .extracting(Notice::message)
        .containsExactly(
            "s.json line 4: tunneling.proxy.colour: is unknown and ignored",
            "s.json line 5: other.a.b: is unknown and ignored",
            "s.json: without effect here: tunneling.proxy.tcp.read_buffer_size,"
                + " tunneling.proxy.websocket.reconnect_on_data_error");
  }

  @Test
  void theTableOfRegionsGoesBeforeTheFormat() {
    Settings settings =
        parse(
            """
            {"tunneling": {"proxy": {
              "endpoint_format": "tunnel.%s.example",
              "region_endpoint_overrides": {"us-east-1": "special.example:8443"}}}}
            """);

    assertThat(settings.endpointOf("us-east-1")).contains("special.example:8443");
    assertThat(settings.endpointOf("us-east-2")).contains("tunnel.us-east-2.example");
    assertThat(Settings.NONE.endpointOf("us-east-2")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tcp.connection_retry_count     | "-2"     | '-2': must be a whole number from -1 to 1000000
          tcp.connection_retry_count     | "many"   | 'many': must be a whole number from -1 to
          tcp.connection_retry_delay_ms  | 0        | '0': must be a whole number from 1 to 600000
          tcp.max_active_connections     | "0"      | '0': must be a whole number from 1 to 65535
          message.max_payload_size       | "64513"  | '64513': must be a whole number from 512 to 64512
          websocket.ping_period_ms       | "1e4"    | '1e4': must be a whole number from 100 to 3600000
          websocket.retry_delay_ms       | 99999999999 | '99999999999': must be a whole number from 1 to
          websocket.connect_retry_count  | ""       | '': must be a whole number from -1 to
          websocket.subprotocol          | "a b"    | 'a b': must be 1 to 128 letters, digits
          default_bind_address           | "a/b"    | 'a/b': must be a host name, an IPv4 or an IPv6 address
          endpoint_format                | "x.%s.%s" | 'x.%s.%s': must be a host name with %s in the place
          endpoint_format                | "x"      | 'x': must be a host name with %s
          region_endpoint_overrides.aa-b-1 | "a b"    | 'a b': must be host, host:port
          region_endpoint_overrides.x    | "a"      | 'a': must be for a region, which looks like us-east-1
          websocket.subprotocol          | ["a"]    | must be a string, a number, true or false
          websocket.subprotocol          | null     | must be a string, a number, true or false
          """)
  void valuesThatAreNotAllowedAreToldByLineAndKey(String key, String value, String message) {
    String json = "{\n\"tunneling\": {\"proxy\": {\"" + key + "\":\n" + value + "}}}";

    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Items.strict(parse(json).items()))
        .withMessageContaining("s.json line 3: tunneling.proxy." + key)
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []            | s.json: must be one JSON object
          ``            | s.json: must be one JSON object
          {"a": }       | s.json line 1: is not JSON
          {"a": "b"     | s.json line 1: is not JSON
          {} {}         | s.json line 1: must end after '}'
          """)
  void whatIsNotJsonIsToldByLine(String json, String message) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> parse(json))
        .withMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"S3cret\": 1}",
        "{\"tunneling\": {\"S3cret==\": {\"a\": [1]}}}",
        "{\"tunneling.proxy.region_endpoint_overrides\": {\"S3cret\": \"host\"}}",
        "{\"s3cret of today\": null}",
      })
  void whatMayBeATokenIsNamedByItsPlaceOnly(String json) {
    assertThat(parse(json).items())
        .singleElement()
        .extracting(Item::message)
        .asString()
        .startsWith("s.json line 1: ")
        .doesNotContainIgnoringCase("s3cret");
  }

  @Test
  void textThatIsNotJsonIsNotRepeated() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> parse("{\n\"access-token\": s3cret}"))
        .withMessage("s.json line 2: is not JSON from column 17 on")
        .withNoCause();
  }

  @Test
  void ofAKeyThatComesTwiceTheFirstCountsAsInTheReference() {
    Settings settings =
        parse(
            """
            {"tunneling": {"proxy": {"tcp": {"connection_retry_count": 1},
              "tcp": {"connection_retry_count": 2, "connection_retry_delay_ms": 3}}}}
            """);

    assertThat(settings.values()).containsOnly(entry(Setting.TCP_RETRY_COUNT, "1"));
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Items.strict(settings.items()))
        .withMessage(
            "s.json line 2: tunneling.proxy.tcp.connection_retry_count '2': comes twice, and the"
                + " first counts");
  }

  private static Settings parse(String json) {
    return SettingsFile.parse(json, "s.json");
  }
}
