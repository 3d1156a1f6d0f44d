// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong request and the words of the answer. */
class ControlErrorsTest {
  private static final String NAME_RULE =
      "Member must satisfy regular expression pattern: [a-zA-Z0-9:_-]+";
  private static final String TAG_RULE =
      "Member must satisfy regular expression pattern: ^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$";
  private static final String ID_RULE =
      "Member must satisfy regular expression pattern: [a-zA-Z0-9_\\-+=:]{1,128}";
  private static final String ARN = "arn:aws:iot:us-east-1:000000000000:tunnel/";

  private static Emulator emulator;
  private static ApiClient api;

  @BeforeAll
  static void start() throws IOException {
    emulator = Emulator.builder().controlPlane().start();
    api = new ApiClient(emulator);
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        one(
            "OpenTunnel",
            "{'timeoutConfig':{'maxLifetimeTimeoutMinutes':721}}",
            "'721' at 'timeoutConfig.maxLifetimeTimeoutMinutes'",
            "Member must have value less than or equal to 720"),
        one(
            "OpenTunnel",
            "{'timeoutConfig':{'maxLifetimeTimeoutMinutes':0}}",
            "'0' at 'timeoutConfig.maxLifetimeTimeoutMinutes'",
            "Member must have value greater than or equal to 1"),
        one(
            "OpenTunnel", "{'destinationConfig':{'thingName':'g'}}",
            "null at 'destinationConfig.services'", "Member must not be null"),
        one(
            "OpenTunnel",
            "{'destinationConfig':{'services':[]}}",
            "'[]' at 'destinationConfig.services'",
            "Member must have length greater than or equal to 1"),
        one(
            "OpenTunnel",
            "{'destinationConfig':{'services':['ok','a b']}}",
            "'[ok, a b]' at 'destinationConfig.services'",
            "Member must satisfy constraint: [Member must have length less than or equal to 128,"
                + " Member must have length greater than or equal to 1, "
                + NAME_RULE
                + "]"),
        one(
            "OpenTunnel",
            "{'destinationConfig':{'thingName':'a b','services':['s']}}",
            "'a b' at 'destinationConfig.thingName'",
            NAME_RULE),
        one(
            "OpenTunnel",
            "{'destinationConfig':{'thingName':'" + "x".repeat(129) + "','services':['s']}}",
            "'" + "x".repeat(129) + "' at 'destinationConfig.thingName'",
            "Member must have length less than or equal to 128"),
        one(
            "OpenTunnel",
            "{'description':''}",
            "'' at 'description'",
            "Member must satisfy regular expression pattern: [^\\p{C}]{1,2048}"),
        one(
            "OpenTunnel", "{'tags':[]}",
            "'[]' at 'tags'", "Member must have length greater than or equal to 1"),
        one(
            "OpenTunnel",
            "{'tags':[{'key':'a','value':'b'},{'key':'a?','value':'b'}]}",
            "'a?' at 'tags.2.member.key'",
            TAG_RULE),
        one(
            "OpenTunnel", "{'tags':[{'key':'a'}]}",
            "null at 'tags.1.member.value'", "Member must not be null"),
        one("DescribeTunnel", "{}", "null at 'tunnelId'", "Member must not be null"),
        one(
            "DescribeTunnel", "{'tunnelId':null}",
            "null at 'tunnelId'", "Member must not be null"),
        one("DescribeTunnel", "{'tunnelId':'a b'}", "'a b' at 'tunnelId'", ID_RULE),
        one("CloseTunnel", "{'delete':true}", "null at 'tunnelId'", "Member must not be null"),
        one(
            "ListTunnels", "{'maxResults':101}",
            "'101' at 'maxResults'", "Member must have value less than or equal to 100"),
        one(
            "ListTunnels", "{'maxResults':0}",
            "'0' at 'maxResults'", "Member must have value greater than or equal to 1"),
        one(
            "ListTunnels",
            "{'nextToken':'?'}",
            "'?' at 'nextToken'",
            "Member must satisfy regular expression pattern: [a-zA-Z0-9_=-]{1,4096}"),
        one(
            "RotateTunnelAccessToken",
            "{'tunnelId':'a','clientMode':'BOTH'}",
            "'BOTH' at 'clientMode'",
            "Member must satisfy enum value set: [SOURCE, DESTINATION, ALL]"),
        one("TagResource", "{'resourceArn':'a'}", "null at 'tags'", "Member must not be null"),
        one(
            "UntagResource",
            "{'resourceArn':'a','tagKeys':['?']}",
            "'[?]' at 'tagKeys'",
            "Member must satisfy constraint: [Member must have length less than or equal to 128,"
                + " Member must have length greater than or equal to 1, "
                + TAG_RULE
                + "]"),
        one(
            "ListTagsForResource", "{'resourceArn':''}",
            "'' at 'resourceArn'", "Member must have length greater than or equal to 1"));
  }

  private static Arguments one(String operation, String body, String what, String constraint) {
    return Arguments.of(
        operation,
        body,
        "1 validation error detected: Value "
            + what
            + " failed to satisfy constraint: "
            + constraint);
  }

  @ParameterizedTest
  @MethodSource
  void invalid(String operation, String body, String message) throws Exception {
    assertThat(api.fail(operation, body)).isEqualTo("ValidationException: " + message);
  }

  @Test
  void listThatIsTooLongIsShownAsItCame() throws Exception {
    String tags = "[" + "{'key':'a','value':'b'},".repeat(200) + "{'key':'c','value':'d'}]";
    assertThat(api.fail("OpenTunnel", "{'tags':" + tags + "}"))
        .contains(ApiClient.json("{'key':'c','value':'d'}]"))
        .endsWith("Member must have length less than or equal to 200");
  }

  @Test
  void oneAnswerNamesAllThatIsWrong() throws Exception {
    assertThat(api.fail("RotateTunnelAccessToken", "{'clientMode':'','tunnelId':'?'}"))
        .isEqualTo(
            "ValidationException: 2 validation errors detected: "
                + "Value '?' at 'tunnelId' failed to satisfy constraint: "
                + ID_RULE
                + "; Value '' at 'clientMode' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [SOURCE, DESTINATION, ALL]");
  }

  static Stream<Arguments> refused() {
    String open = "OpenTunnel";
    String notJson = "SerializationException: The request body is not well-formed JSON";
    String notString = "SerializationException: NUMBER_VALUE can not be converted to a String";
    String container =
        "SerializationException: Start of structure or map found where not expected.";
    return Stream.of(
        Arguments.of(open, "", "SerializationException: Expected a JSON object"),
        Arguments.of(open, "[]", "SerializationException: Expected a JSON object"),
        Arguments.of(open, "{", notJson),
        Arguments.of(open, "{} {}", notJson),
        Arguments.of(open, "[".repeat(100_000), notJson),
        Arguments.of(open, "{'description':1}", notString),
        Arguments.of(open, "{'description':{}}", container),
        Arguments.of(open, "{'destinationConfig':{'services':[1]}}", notString),
        Arguments.of(
            open,
            "{'destinationConfig':{'services':'SSH'}}",
            "SerializationException: Expected list or null"),
        Arguments.of(open, "{'timeoutConfig':5}", "SerializationException: Expected null"),
        Arguments.of(
            open,
            "{'timeoutConfig':{'maxLifetimeTimeoutMinutes':'5'}}",
            "SerializationException: STRING_VALUE can not be converted to an Integer"),
        Arguments.of(
            open,
            "{'timeoutConfig':{'maxLifetimeTimeoutMinutes':1.5}}",
            "SerializationException: NUMBER_VALUE can not be converted to an Integer"),
        Arguments.of(
            "ListTunnels",
            "{'maxResults':99999999999}",
            "SerializationException: NUMBER_VALUE can not be converted to an Integer"),
        Arguments.of(
            "CloseTunnel",
            "{'delete':'yes'}",
            "SerializationException: STRING_VALUE can not be converted to a Boolean"),
        Arguments.of(
            open,
            "{'destinationConfig':{'services':['a','b','c','d']}}",
            "LimitExceededException: A tunnel can have at most 3 services"),
        Arguments.of(
            open,
            "{'destinationConfig':{'services':['a','a']}}",
            "ValidationException: The services of a tunnel must have different names"),
        Arguments.of(
            "ListTunnels",
            "{'nextToken':'abc'}",
            "ValidationException: The nextToken is not one of a previous response"),
        Arguments.of(
            "RotateTunnelAccessToken",
            "{'tunnelId':'a','clientMode':'SOURCE','destinationConfig':{'services':['s']}}",
            "ValidationException: DestinationConfig can not be used with source clientMode"),
        Arguments.of("Fly", "{}", "UnknownOperationException: The operations are CloseTunnel, "),
        Arguments.of("openTunnel", "{}", "UnknownOperationException: "));
  }

  @ParameterizedTest
  @MethodSource
  void refused(String operation, String body, String answer) throws Exception {
    assertThat(api.fail(operation, body)).startsWith(answer);
  }

  static Stream<Arguments> unknownTunnel() {
    String tags = "'tags':[{'key':'a','value':'b'}]";
    return Stream.of(
        Arguments.of("DescribeTunnel", "{'tunnelId':'nope'}"),
        Arguments.of("CloseTunnel", "{'tunnelId':'nope'}"),
        Arguments.of("CloseTunnel", "{'tunnelId':'nope','delete':true}"),
        Arguments.of("RotateTunnelAccessToken", "{'tunnelId':'nope','clientMode':'ALL'}"),
        Arguments.of("TagResource", "{'resourceArn':'" + ARN + "nope'," + tags + "}"),
        Arguments.of("UntagResource", "{'resourceArn':'" + ARN + "nope','tagKeys':['a']}"),
        Arguments.of("ListTagsForResource", "{'resourceArn':'" + ARN + "nope'}"),
        Arguments.of("ListTagsForResource", "{'resourceArn':'nonsense'}"));
  }

  @ParameterizedTest
  @MethodSource
  void unknownTunnel(String operation, String body) throws Exception {
    assertThat(api.fail(operation, body))
        .startsWith("ResourceNotFoundException: ")
        .endsWith(" does not exist");
  }
}
