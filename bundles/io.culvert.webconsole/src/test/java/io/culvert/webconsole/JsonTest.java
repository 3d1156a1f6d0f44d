// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void mapsAndListsHoldTexts() {
    assertThat(Json.of(Map.of("a", List.of("b", Map.of("c", 1)))))
        .isEqualTo("{\"a\":[\"b\",{\"c\":\"1\"}]}");
    assertThat(Json.of(List.of())).isEqualTo("[]");
  }

  @Test
  void whatWouldEndATextIsEscaped() {
    assertThat(Json.of("\"\\\n ü\uD83D\uDE00"))
        .isEqualTo("\"\\u0022\\u005c\\u000a ü\uD83D\uDE00\"");
  }
}
