// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.culvert.core.config.Schema;
import io.culvert.core.config.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The tables of keys in docs/configuration.md are made from the metatype, which also makes the
 * forms of consoles and the checks. If they differ, the page is written anew, to be committed.
 */
class ConfigurationPageTest {
  private static final Path PAGE = Page.path("configuration.md");

  static Stream<String> pids() {
    return Schemas.ALL.stream().map(Schema::pid);
  }

  static Stream<Element> attributes() {
    return pids().flatMap(pid -> attributes(pid).stream());
  }

  @Test
  void theTablesSayWhatTheMetatypeSays() throws IOException {
    List<String> page = Files.readAllLines(PAGE);

    List<String> written = new ArrayList<>(page);
    pids().forEach(pid -> replaceTable(written, pid));

    if (!written.equals(page)) {
      Files.write(PAGE, written);
      fail(
          "docs/configuration.md was out of date and has been written anew: look at it, commit it");
    }
  }

  /** Forms show neither range nor default, and labels are all that fits on a small screen. */
  @ParameterizedTest
  @MethodSource("attributes")
  void labelAndDescriptionSayUnitRangeAndDefault(Element attribute) {
    assertThat(attribute.getAttribute("name")).isNotBlank();
    assertThat(attribute.getAttribute("description"))
        .hasSizeGreaterThan(20)
        .endsWith(".")
        .endsWith(rangeAndDefault(attribute));
    if (attribute.getAttribute("id").matches(".*(timeout|delay|period|grace.*)")) {
      assertThat(attribute.getAttribute("name")).endsWith("(ms)");
    }
  }

  private static void replaceTable(List<String> page, String pid) {
    int section = page.indexOf("## `" + pid + "`");
    assertThat(section).as("section of " + pid).isNotNegative();
    int first = section;
    while (!page.get(first).startsWith("|")) {
      first++;
    }
    int end = first;
    while (end < page.size() && page.get(end).startsWith("|")) {
      end++;
    }
    List<String> table = page.subList(first, end);
    table.clear();
    table.add("| key | default | allowed | meaning |");
    table.add("|---|---|---|---|");
    attributes(pid).forEach(attribute -> table.add(row(attribute)));
  }

  private static String row(Element attribute) {
    String preset = attribute.getAttribute("default");
    String description = attribute.getAttribute("description");
    String meaning =
        description.substring(0, description.length() - rangeAndDefault(attribute).length());
    return Stream.of(
            "`" + attribute.getAttribute("id") + "`",
            preset.isEmpty() ? "*empty*" : "`" + preset + "`",
            allowed(attribute),
            meaning.trim().replace("*", "\\*").replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String allowed(Element attribute) {
    List<String> options = options(attribute);
    if (!options.isEmpty()) {
      return options.stream().map(it -> "`" + it + "`").collect(Collectors.joining(", "));
    }
    boolean many = !attribute.getAttribute("cardinality").isEmpty();
    return switch (attribute.getAttribute("type")) {
      case "Boolean" -> "`true`, `false`";
      case "Password" -> "a secret text";
      case "String" -> many ? "a list of texts" : "a text";
      default -> range(attribute) + unit(attribute);
    };
  }

  /** What a label has in brackets. */
  private static String unit(Element attribute) {
    String label = attribute.getAttribute("name");
    int bracket = label.lastIndexOf('(');
    return bracket < 0 ? "" : " " + label.substring(bracket + 1, label.length() - 1);
  }

  private static String rangeAndDefault(Element attribute) {
    String preset = attribute.getAttribute("default");
    if (!attribute.getAttribute("min").isEmpty()) {
      return " " + range(attribute) + ", default " + preset + ".";
    }
    return preset.isEmpty() ? "" : " Default " + preset + ".";
  }

  private static String range(Element attribute) {
    return attribute.getAttribute("min") + " to " + attribute.getAttribute("max");
  }

  private static List<String> options(Element attribute) {
    return elements(attribute, "Option").stream().map(it -> it.getAttribute("value")).toList();
  }

  private static List<Element> attributes(String pid) {
    try (InputStream in = Schema.class.getResourceAsStream("/OSGI-INF/metatype/" + pid + ".xml")) {
      return elements(
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement(),
          "AD");
    } catch (Exception e) {
      throw new AssertionError("no metatype of " + pid, e);
    }
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .map(Element.class::cast)
        .toList();
  }
}
