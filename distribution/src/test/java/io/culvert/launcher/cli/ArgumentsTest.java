// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.culvert.launcher.reference.InputException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where arguments come from. */
class ArgumentsTest {
  private static final String[] NONE = {};

  @Test
  void numberedVariablesGoBeforeEverything() {
    Map<String, String> environment =
        Map.of("CULVERT_ARG_COUNT", "2", "CULVERT_ARG_1", "-s", "CULVERT_ARG_2", "a b\n\"*");

    assertThat(Arguments.find(new String[] {"plain"}, environment))
        .containsExactly("-s", "a b\n\"*");
  }

  @Test
  void plainArgumentsCountIfNoVariableIsSet() {
    assertThat(Arguments.find(new String[] {"-h"}, Map.of())).containsExactly("-h");
  }

  @Test
  void aMissingNumberIsAnError() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Arguments.find(NONE, Map.of("CULVERT_ARG_COUNT", "1")))
        .withMessage("CULVERT_ARG_1: must be set, as CULVERT_ARG_COUNT is 1");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Arguments.find(NONE, Map.of("CULVERT_ARG_COUNT", "many")))
        .withMessage("CULVERT_ARG_COUNT 'many': must be a number of arguments");
  }

  @Test
  void aWindowsLineIsSplitOutsideQuotes() {
    String line = "-s SSH=1,HTTP=2  -c \"C:\\a folder\\ca\" --config=\"\" \\\"x";

    assertThat(Arguments.find(NONE, Map.of("CULVERT_ARG_LINE", line)))
        .containsExactly("-s", "SSH=1,HTTP=2", "-c", "C:\\a folder\\ca", "--config=", "\"x");
  }
}
