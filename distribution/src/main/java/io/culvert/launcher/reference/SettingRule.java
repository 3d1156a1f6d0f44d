// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a setting may be, and how to say so. */
@SuppressWarnings("ImmutableEnumChecker") // the predicates have no state
enum SettingRule {
  ADDRESS(EndpointSyntax::isAddress, EndpointSyntax.ADDRESS),
  ENDPOINT_FORMAT(
      text ->
          text.indexOf("%s") == text.lastIndexOf("%s")
              && text.contains("%s")
              && EndpointSyntax.isService(text.replace("%s", "us-east-1")),
      "must be a host name with %s in the place of the region"),
  COUNT(-1, 1_000_000),
  LOCAL_DELAY(1, 600_000),
  DELAY(1, 3_600_000),
  PERIOD(100, 3_600_000),
  CONNECTIONS(1, 65_535),
  PAYLOAD(512, 64_512),
  SUBPROTOCOL(
      Pattern.compile("[a-zA-Z0-9._-]{1,128}").asMatchPredicate(),
      "must be 1 to 128 letters, digits, '.', '_' and '-'");

  private final Predicate<String> check;
  private final String allowed;

  SettingRule(Predicate<String> check, String allowed) {
    this.check = check;
    this.allowed = allowed;
  }

  SettingRule(int lowest, int highest) {
    this(
        text -> isInRange(text, lowest, highest),
        "must be a whole number from " + lowest + " to " + highest);
  }

  boolean accepts(String text) {
    return check.test(text);
  }

  String allowed() {
    return allowed;
  }

  private static boolean isInRange(String text, int lowest, int highest) {
    if (!text.matches("-?[0-9]{1,10}")) {
      return false;
    }
    long value = Long.parseLong(text);
    return value >= lowest && value <= highest;
  }
}
