// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever sees a code in a log looks it up in {@code docs/errors.md}. */
class ErrorsPageTest {
  @Test
  void eachCodeHasOneRowAndNoRowIsStale() throws IOException {
    List<String> rows =
        Page.read("errors.md").rows().stream().map(row -> Page.plain(row.get(0))).toList();

    assertThat(rows)
        .containsExactlyElementsOf(Stream.of(ErrorCode.values()).map(ErrorCode::code).toList());
  }

  @Test
  void noCellIsEmpty() throws IOException {
    for (List<String> row : Page.read("errors.md").rows()) {
      assertThat(row).as(row.get(0)).hasSize(4).noneMatch(String::isBlank);
    }
  }
}
