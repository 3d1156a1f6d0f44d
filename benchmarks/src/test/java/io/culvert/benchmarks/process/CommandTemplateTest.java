// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommandTemplateTest {
  private static final Set<String> KNOWN = Set.of("port", "src", "key");

  @Test
  void placeholdersAreFilledWithinWords() {
    CommandTemplate template =
        CommandTemplate.parse("relay --port {port} --tunnel id=T,src={src}", KNOWN);

    assertThat(template.fill(Map.of("port", "1234", "src", "$1\\x")))
        .containsExactly("relay", "--port", "1234", "--tunnel", "id=T,src=$1\\x");
  }

  @Test
  void quotesHoldSpacesTogether() {
    CommandTemplate template =
        CommandTemplate.parse("'/a b/relay' \"--key={key} {port}\"  x'y z'", KNOWN);

    assertThat(template.fill(Map.of("key", "k e y", "port", "1")))
        .containsExactly("/a b/relay", "--key=k e y 1", "xy z");
  }

  @Test
  void anUnknownPlaceholderIsNamed() {
    assertThatThrownBy(() -> CommandTemplate.parse("relay {prot}", KNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'{prot}': must be one of [key, port, src]");
  }

  @Test
  void anEmptyCommandIsNone() {
    assertThatThrownBy(() -> CommandTemplate.parse("  ", KNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'  ': must name a program");
  }
}
