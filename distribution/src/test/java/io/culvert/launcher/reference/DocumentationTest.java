// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of options and settings in the documentation are complete. */
class DocumentationTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");

  @Test
  void everyOptionAndVariableHasARow() throws Exception {
    for (ReferenceOption option : ReferenceOption.values()) {
      assertThat(rows())
          .as(option.longName())
          .anyMatch(
              row ->
                  row.contains("`--" + option.longName() + "`")
                      && option.shortName().map(c -> row.contains("`-" + c + "`")).orElse(true)
                      && option.variable().map(v -> row.contains("`" + v + "`")).orElse(true));
    }
  }

  @Test
  void everySettingHasARow() throws Exception {
    for (Setting setting : Setting.values()) {
      String key = setting.key().substring(Setting.PREFIX.length());
      assertThat(rows()).anyMatch(row -> row.startsWith("| `" + key + "` |"));
    }
  }

  private static List<String> rows() throws Exception {
    return Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| ")).toList();
  }
}
