// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The tables of keys in docs/configuration.md, and the one of services in docs/kura.md, are made
 * from the metatype, which also makes the forms of consoles and the checks. If they differ, the
 * page is written anew, to be committed.
 */
class ConfigurationPageIT {
  private static final Path DOCS = Path.of("../../docs");
  private static final String FORMS = "OSGI-INF/metatype";
  private static final Map<String, Element> BY_PID = metatypes();

  /** In the order in which one needs them. */
  private static final List<String> IN_KURA =
      List.of(
          "io.culvert.TunnelManager",
          "io.culvert.StreamBridge",
          "io.culvert.ServiceMappingConfig",
          "io.culvert.NotificationSink",
          "io.culvert.KuraNotifications",
          "io.culvert.Tunnel");

  private static Map<String, Element> metatypes() {
    Map<String, Element> byPid = new TreeMap<>();
    for (FinishedBundle bundle : FinishedBundle.onClassPath("io.culvert.")) {
      bundle
          .documents(FORMS)
          .forEach(
              (file, form) ->
                  byPid.put(
                      file.substring(FORMS.length() + 1, file.length() - ".xml".length()),
                      form.getDocumentElement()));
    }
    return byPid;
  }

  static Stream<String> pids() {
    return BY_PID.keySet().stream();
  }

  static Stream<Element> attributes() {
    return pids().flatMap(pid -> attributes(pid).stream());
  }

  @Test
  void theTablesSayWhatTheMetatypeSays() throws IOException {
    assertWritten(
        "configuration.md",
        page -> pids().forEach(pid -> replaceTable(page, "## `" + pid + "`", keys(pid))));
  }

  @Test
  void allFormsAreRead() {
    assertThat(pids()).containsAll(IN_KURA).contains("io.culvert.MqttNotifications");
  }

  @Test
  void theListOfServicesHasTheNamesThatKuraShows() throws IOException {
    assertWritten("kura.md", page -> replaceTable(page, "## Configure", services()));
  }

  private static void assertWritten(String name, Consumer<List<String>> tables) throws IOException {
    List<String> page = Files.readAllLines(DOCS.resolve(name));
    List<String> written = new ArrayList<>(page);
    tables.accept(written);
    if (!written.equals(page)) {
      Files.write(DOCS.resolve(name), written);
      fail("docs/" + name + " was out of date and has been written anew: look at it, commit it");
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

  private static void replaceTable(List<String> page, String heading, List<String> table) {
    int section = page.indexOf(heading);
    assertThat(section).as("section " + heading).isNotNegative();
    int first = section;
    while (!page.get(first).startsWith("|")) {
      first++;
    }
    int end = first;
    while (end < page.size() && page.get(end).startsWith("|")) {
      end++;
    }
    List<String> old = page.subList(first, end);
    old.clear();
    old.addAll(table);
  }

  private static List<String> keys(String pid) {
    Stream<String> header =
        Stream.of("| key | in forms | default | allowed | meaning |", "|---|---|---|---|---|");
    return Stream.concat(header, attributes(pid).stream().map(ConfigurationPageIT::row)).toList();
  }

  private static List<String> services() {
    Stream<String> header = Stream.of("| in the list | PID | what it is for |", "|---|---|---|");
    return Stream.concat(header, IN_KURA.stream().map(ConfigurationPageIT::service)).toList();
  }

  private static String service(String pid) {
    Element definition = elements(BY_PID.get(pid), "OCD").get(0);
    boolean factory =
        elements(BY_PID.get(pid), "Designate").stream()
            .anyMatch(it -> it.hasAttribute("factoryPid"));
    return "| %s | `%s` | %s |"
        .formatted(
            factory ? "by the name that you give it" : definition.getAttribute("name"),
            pid,
            definition.getAttribute("description"));
  }

  private static String row(Element attribute) {
    String preset = attribute.getAttribute("default");
    String description = attribute.getAttribute("description");
    String meaning =
        description.substring(0, description.length() - rangeAndDefault(attribute).length());
    return Stream.of(
            "`" + attribute.getAttribute("id") + "`",
            attribute.getAttribute("name"),
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
    return elements(BY_PID.get(pid), "AD");
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagNameNS("*", name);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .map(Element.class::cast)
        .toList();
  }
}
