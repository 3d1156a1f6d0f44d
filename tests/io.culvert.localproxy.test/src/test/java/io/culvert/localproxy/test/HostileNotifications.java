// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** What anybody could publish who gets at the broker; nothing of it is a notification. */
final class HostileNotifications {
  /** Is in each of them and must not be seen. */
  static final String MARK = "h0sti1e-t0ken-0123456789";

  private static final String TOKEN = "\"clientAccessToken\":\"" + MARK + "\"";
  private static final String MODE = "\"clientMode\":\"destination\"";
  private static final String REGION = "\"region\":\"us-east-1\"";
  private static final String SERVICES = "\"services\":[\"SSH\"]";
  private static final String GOOD = object(TOKEN, MODE, REGION, SERVICES);

  private HostileNotifications() {}

  private static String object(String... members) {
    return "{" + String.join(",", members) + "}";
  }

  static List<byte[]> all() {
    List<byte[]> all = new ArrayList<>();
    for (String text : texts()) {
      all.add(text.getBytes(UTF_8));
    }
    all.add(GOOD.getBytes(UTF_16));
    all.add((GOOD + "\u00ff").getBytes(ISO_8859_1));
    return all;
  }

  private static List<String> texts() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                MARK,
                "",
                "null",
                "\"" + MARK + "\"",
                "[" + GOOD + "]",
                GOOD.substring(0, GOOD.length() - 1),
                GOOD + GOOD,
                GOOD + "\0",
                "\ufeff" + GOOD,
                GOOD.replace('"', '\''),
                object(TOKEN, TOKEN, MODE, REGION, SERVICES),
                object(TOKEN, MODE, REGION, SERVICES, "\"a\":" + "[".repeat(5000)),
                object(TOKEN, MODE, REGION, SERVICES, "\"a\":\"" + "a".repeat(20_000) + "\""),
                "<notification>" + MARK + "</notification>",
                object(TOKEN, REGION, SERVICES),
                object(TOKEN, MODE, SERVICES),
                object(MODE, REGION, SERVICES)));
    for (String mode : List.of("source", "DESTINATION", " destination", "\u202edestination", "")) {
      texts.add(object(TOKEN, "\"clientMode\":\"" + mode + "\"", REGION, SERVICES));
    }
    for (String region :
        List.of(
            "",
            "localhost",
            "us-east-1.evil.example",
            "evil.example/",
            "us-east-1@evil.example",
            "us-east-1:443",
            "..",
            "us-east-1\\r\\nHost: evil.example",
            "us-east-1%00",
            "us\u2010east\u20101",
            "http://127.0.0.1")) {
      texts.add(object(TOKEN, MODE, "\"region\":\"" + region + "\"", SERVICES));
    }
    for (String services :
        List.of(
            "\"SSH\"",
            "{\"SSH\":22}",
            "[22]",
            "[\"SSH\",\"SSH\"]",
            "[\"../" + MARK + "\"]",
            "[\"SSH\\u0000\"]",
            "[\"S\u200bSH\"]",
            "[\"" + MARK + "\\n2026-01-01 INFO all is well\"]")) {
      texts.add(object(TOKEN, MODE, REGION, "\"services\":" + services));
    }
    for (String token :
        List.of("17", "null", "\"\"", "\"a b\"", "\"a\\nb\"", "[\"" + MARK + "\"]")) {
      texts.add(object("\"clientAccessToken\":" + token, MODE, REGION, SERVICES));
    }
    return texts;
  }
}
