// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration file may say, and what is said about one that cannot be read. */
class ConfReaderTest {
  private static final String TOKEN = "s3cret-acce55-token";

  @Test
  void valuesAreTextNumbersAndListsAndCommentsAreAllowed() throws Exception {
    ConfText text =
        ConfReader.read(
            """
            {
              // as the OSGi Configurator has it
              ":configurator:resource-version": 1,
              "text": "ü", /* and */ "whole": 7, "broken": 0.5, "yes": true, "no": false,
              "texts": ["a", "b"], "wholes": [1, 2], "none": []
            }
            """);

    assertThat(text.lines()).containsEntry("text", 4).containsEntry("NONE", 5).hasSize(8);
    assertThat(text.values())
        .hasSize(8)
        .containsEntry("text", "ü")
        .containsEntry("whole", 7L)
        .containsEntry("broken", 0.5)
        .containsEntry("yes", true)
        .containsEntry("no", false)
        .containsEntry("texts", new String[] {"a", "b"})
        .containsEntry("wholes", new Long[] {1L, 2L})
        .containsEntry("none", new String[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | is empty: write {} for the defaults",
        "` ~// TOKEN~` | is empty: write {} for the defaults",
        "[] | line 1, column 1: must be one JSON object",
        "{'a': 1} | line 1, column 3: is not JSON",
        "{~  \"a\": 1~  \"b\": 2~} | line 3, column 4: is not JSON",
        "{\"a\": TOKEN} | line 1, column 14: is not JSON",
        "{\"a\": \"TOKEN~\"} | line 1, column 27: is not JSON",
        "{\"a\": \"TOKEN | line 1, column 27: the text ends too early",
        "{\"a\": 1 | line 1, column 9: the text ends too early",
        "{\"a\": 1} TOKEN | line 1, column 16: is not JSON",
        "{\"a\": 1} {} | line 1, column 10: must end after '}'",
        "{\"a\": 1, \"a\": 2} | line 1, column 13: the key is there twice",
        "{\"a\": 1, \"A\": 2} | line 1, column 15: the key is there twice",
        "{\"a\": null} | line 1, column 7: the value must be text",
        "{\"a\": {\"b\": 1}} | line 1, column 7: the value must be text",
        "{\"a\": [[1]]} | line 1, column 8: the value must be text",
        "{\"a\": [1, \"TOKEN\"]} | line 1, column 11: the values of a list must be of one kind",
        "{\"a\": 12345678901234567890} | line 1, column 7: the number is too large",
        "{\"a:Integer\": 1} | line 1, column 15: a key must have no ':Type' after it: leave that out",
      })
  void whatCannotBeReadIsNamedByItsPlaceAndNeverRepeated(String text, String message) {
    String file = text.replace("TOKEN", TOKEN).replace('~', '\n');

    assertThatThrownBy(() -> ConfReader.read(file))
        .isInstanceOf(ConfException.class)
        .hasNoCause()
        .hasMessageNotContaining("s3cret")
        .message()
        .satisfies(
            said ->
                assertThat(said.replaceAll("column \\d+", "column"))
                    .startsWith(message.replaceAll("column \\d+", "column")));
  }

  @Test
  void theNameOfAFileIsAPidAndMaybeAName() {
    assertThat(ConfName.parse("io.culvert.Tunnel~a-b_1.2.cfg.json"))
        .contains(
            new ConfName("io.culvert.Tunnel~a-b_1.2.cfg.json", "io.culvert.Tunnel", "a-b_1.2"));
    assertThat(ConfName.parse("io.culvert.TunnelManager.cfg.json").orElseThrow().fullPid())
        .isEqualTo("io.culvert.TunnelManager");
    assertThat(
            List.of(
                "README.md",
                "a.cfg.json.example",
                "logging.properties",
                ".a.cfg.json.swp",
                "~.cfg.json",
                "a~.cfg.json",
                "a b.cfg.json"))
        .allMatch(name -> ConfName.parse(name).isEmpty());
    assertThat(List.of("io.culvert.Tunnel.json", "a.cfg", "a.config", "a b.cfg.json"))
        .allMatch(ConfName::isMisnamed);
    assertThat(List.of("README.md", "logging.properties", "a.cfg.json", ".a.json", "a.json~"))
        .noneMatch(ConfName::isMisnamed);
  }
}
