// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import static io.culvert.api.NotificationDecision.MALFORMED;
import static io.culvert.api.NotificationDecision.NO_REGION;
import static io.culvert.api.NotificationDecision.NO_TOKEN;
import static io.culvert.api.NotificationDecision.SERVICE_NOT_ALLOWED;
import static io.culvert.api.NotificationDecision.TOO_LARGE;
import static io.culvert.api.NotificationDecision.WRONG_MODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.NotificationDecision;
import io.culvert.api.NotificationSink;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever gets at the broker can send anything. It opens nothing, and none of it is repeated. */
class HostileNotificationTest extends SinkFixture {
  private static final String TOKEN = "\"clientAccessToken\":\"" + SECRET + "\"";
  private static final String MODE = "\"clientMode\":\"destination\"";
  private static final String REGION = "\"region\":\"us-east-1\"";
  private static final String SERVICES = "\"services\":[\"SSH\"]";
  private static final String GOOD = object(TOKEN, MODE, REGION, SERVICES);

  private static String object(String... members) {
    return "{" + String.join(",", members) + "}";
  }

  private static String with(String member) {
    return object(TOKEN, MODE, REGION, SERVICES, member);
  }

  private static Arguments row(NotificationDecision decision, String json) {
    return Arguments.of(decision, json);
  }

  private static String services(String services) {
    return object(TOKEN, MODE, REGION, "\"services\":" + services);
  }

  private static String token(String token) {
    return object("\"clientAccessToken\":" + token, MODE, REGION, SERVICES);
  }

  private static String region(String region) {
    return object(TOKEN, MODE, "\"region\":" + region, SERVICES);
  }

  private static String mode(String mode) {
    return object(TOKEN, "\"clientMode\":" + mode, REGION, SERVICES);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        row(MALFORMED, ""),
        row(MALFORMED, " "),
        row(MALFORMED, "null"),
        row(MALFORMED, "17"),
        row(MALFORMED, "\"" + SECRET + "\""),
        row(MALFORMED, "[" + GOOD + "]"),
        row(MALFORMED, "[]"),
        row(MALFORMED, "{"),
        row(MALFORMED, GOOD.substring(0, GOOD.length() - 1)),
        row(MALFORMED, GOOD.substring(0, 40)),
        row(MALFORMED, GOOD + "}"),
        row(MALFORMED, GOOD + GOOD),
        row(MALFORMED, GOOD + " x"),
        row(MALFORMED, GOOD + "\0"),
        row(MALFORMED, "\uFEFF" + GOOD),
        row(MALFORMED, GOOD.replace('"', '\'')),
        row(MALFORMED, GOOD.replace("\"region\"", "region")),
        row(MALFORMED, "/* */" + GOOD),
        row(MALFORMED, with("")),
        row(MALFORMED, with(TOKEN)),
        row(MALFORMED, with("\"region\":\"eu-west-1\"")),
        row(MALFORMED, with("\"other\":1,\"other\":2")),
        row(MALFORMED, with("\"other\":{\"a\":1,\"a\":2}")),
        row(MALFORMED, with("\"other\":NaN")),
        row(MALFORMED, with("\"other\":01")),
        row(MALFORMED, with("\"other\":" + "[".repeat(9) + "]".repeat(9))),
        row(MALFORMED, with("\"other\":" + "[".repeat(5000))),
        row(MALFORMED, with("\"other\":" + "{\"a\":".repeat(2000) + "1" + "}".repeat(2000))),
        row(MALFORMED, with("\"other\":" + "9".repeat(5000))),
        row(MALFORMED, with("\"other\":\"\\ud800\"")),
        row(MALFORMED, with("\"other\":[{\"\\udc00\":1}]")),
        row(MALFORMED, with("\"\\ud83d\":1")),
        row(MALFORMED, with("\"other\":\"\\x41\"")),
        row(MALFORMED, with("\"other\":\"a\nb\"")),
        row(MALFORMED, token("17")),
        row(MALFORMED, token("[\"" + SECRET + "\"]")),
        row(MALFORMED, token("{\"a\":\"" + SECRET + "\"}")),
        row(MALFORMED, token("true")),
        row(MALFORMED, token("\"" + SECRET + "\\ud800\"")),
        row(MALFORMED, mode("true")),
        row(MALFORMED, region("[\"us-east-1\"]")),
        row(MALFORMED, services("\"SSH\"")),
        row(MALFORMED, services("{\"SSH\":22}")),
        row(MALFORMED, services("[1]")),
        row(MALFORMED, services("[null]")),
        row(MALFORMED, services("[[\"SSH\"]]")),
        row(MALFORMED, services("[\"SSH\",\"SSH\"]")),
        row(MALFORMED, services("[\"\"]")),
        row(MALFORMED, services("[\"S SH\"]")),
        row(MALFORMED, services("[\"SSH\\n\"]")),
        row(MALFORMED, services("[\"../SSH\"]")),
        row(MALFORMED, services("[\"SSH=22\"]")),
        row(MALFORMED, services("[\"" + "S".repeat(129) + "\"]")),
        row(MALFORMED, services("[" + numbers(129) + "]")),
        row(WRONG_MODE, "{}"),
        row(WRONG_MODE, object(TOKEN, REGION, SERVICES)),
        row(WRONG_MODE, mode("\"source\"")),
        row(WRONG_MODE, mode("\"Destination\"")),
        row(WRONG_MODE, mode("\"destination \"")),
        row(WRONG_MODE, mode("\"\"")),
        row(WRONG_MODE, mode("null")),
        row(NO_TOKEN, object(MODE, REGION, SERVICES)),
        row(NO_TOKEN, token("null")),
        row(NO_TOKEN, token("\"\"")),
        row(NO_TOKEN, token("\" \"")),
        row(NO_TOKEN, token("\"" + SECRET + " x\"")),
        row(NO_TOKEN, token("\"" + SECRET + "\\r\\nx: y\"")),
        row(NO_TOKEN, token("\"" + SECRET + "\\u0000\"")),
        row(NO_TOKEN, token("\"" + SECRET + "\u00e4\"")),
        row(NO_TOKEN, token("\"" + "A".repeat(3073) + "\"")),
        row(NO_REGION, object(TOKEN, MODE, SERVICES)),
        row(NO_REGION, region("null")),
        row(NO_REGION, region("\"\"")),
        row(NO_REGION, region("\"US-EAST-1\"")),
        row(NO_REGION, region("\"us-east-1.evil.example/\"")),
        row(NO_REGION, region("\"evil.example\"")),
        row(NO_REGION, region("\"us-east-1\\n\"")),
        row(NO_REGION, region("\"us-east-1@evil.example\"")),
        row(NO_REGION, region("\"us" + "-a".repeat(4000) + "-1\"")),
        row(NO_REGION, region("\"us-" + "a".repeat(63) + "-1\"")),
        row(SERVICE_NOT_ALLOWED, services("[\"RDP\"]")),
        row(SERVICE_NOT_ALLOWED, services("[\"SSH\",\"ssh\"]")),
        row(TOO_LARGE, with("\"other\":\"" + "x".repeat(NotificationSink.MAX_BYTES) + "\"")),
        row(TOO_LARGE, " ".repeat(NotificationSink.MAX_BYTES + 1)));
  }

  private static String numbers(int count) {
    return Stream.iterate(1, it -> it + 1)
        .limit(count)
        .map(it -> "\"S" + it + "\"")
        .reduce((one, other) -> one + "," + other)
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void opensNothingAndIsNotRepeated(NotificationDecision decision, String text) {
    assertThat(take(text)).isEqualTo(decision);

    assertThat(opener.opened).isEmpty();
    assertThat(sink.status().decisions()).isEqualTo(Map.of(decision, 1L));
    assertThat(logs.warnings())
        .singleElement()
        .asString()
        .contains("The notification from test " + decision.words())
        .hasSizeLessThan(300)
        .doesNotContain("\n", "\r", "evil", "../");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32BE"})
  void anotherEncodingIsNoNotification(String charset) throws Exception {
    assertThat(sink.take("test", GOOD.getBytes(charset))).isEqualTo(MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xc0, 0xed, 0xf8, 0xff})
  void bytesThatAreNoTextMakeItMalformed(int wrong) {
    byte[] payload = with("\"other\":\"?\"").getBytes(StandardCharsets.UTF_8);
    payload[payload.length - 3] = (byte) wrong;

    assertThat(sink.take("test", payload)).isEqualTo(MALFORMED);
  }

  @Test
  void membersThatNobodyKnowsYetAreSkipped() {
    assertThat(
            take(with("\"other\":{\"region\":[1,{\"services\":null}],\"x\":\"\\ud83d\\ude00\"}")))
        .isEqualTo(NotificationDecision.OPENED);
    assertThat(opener.last().spec.region()).isEqualTo("us-east-1");
  }

  @Test
  void theLongestThatMayComeIsRead() {
    int rest = NotificationSink.MAX_BYTES - with("\"other\":\"\"").length();

    assertThat(take(with("\"other\":\"" + "x".repeat(rest) + "\"")))
        .isEqualTo(NotificationDecision.OPENED);
  }

  /** One could ask for a service by the name of the token, and look into the log then. */
  @Test
  void aTokenInAnotherPlaceIsNotShownEither() {
    assertThat(take(services("[\"" + SECRET + "\",\"x-" + SECRET + "\"]")))
        .isEqualTo(SERVICE_NOT_ALLOWED);
    assertThat(logs.warnings()).singleElement().asString().contains("services ****, x-****");
  }

  @Test
  void theSourceIsMadeFitForTheLog() {
    sink.take("a\r\nERROR b" + "c".repeat(200), new byte[0]);

    assertThat(logs.warnings())
        .singleElement()
        .asString()
        .contains("from aERROR bcc")
        .hasSizeLessThan(300)
        .doesNotContain("\n", "\r");
  }

  @Test
  void aFloodDoesNotFillTheLogButIsCounted() {
    for (int i = 0; i < 5000; i++) {
      take("x" + i);
    }
    assertThat(logs.warnings()).hasSize(Decisions.MAX_TOLD);
    worker.pass(Decisions.MINUTE);
    take("x");

    assertThat(logs.warnings())
        .hasSize(Decisions.MAX_TOLD + 1)
        .last()
        .asString()
        .endsWith("; before it 4990 came of which nothing is said");
    assertThat(sink.status().decisions()).isEqualTo(Map.of(MALFORMED, 5001L));
    assertThat(sink.status().lastDecision()).isEqualTo(MALFORMED);
  }
}
