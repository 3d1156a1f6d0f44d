// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line with placeholders such as <code>{port}</code>. Words are separated by spaces; one
 * in single or double quotes may hold them. Immutable.
 */
public final class CommandTemplate {
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");
  private static final Pattern QUOTES = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)\\}");

  private final List<String> words;

  private CommandTemplate(List<String> words) {
    this.words = words;
  }

  /**
   * Reads a template.
   *
   * @param text the command line.
   * @param known the names that placeholders may have.
   * @throws IllegalArgumentException if it is empty, or a placeholder is unknown.
   */
  public static CommandTemplate parse(String text, Set<String> known) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(QUOTES.matcher(matcher.group()).replaceAll("$1$2"));
    }
    if (words.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "': must name a program");
    }
    for (String word : words) {
      PLACEHOLDER
          .matcher(word)
          .results()
          .map(placeholder -> placeholder.group(1))
          .filter(name -> !known.contains(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw new IllegalArgumentException(
                    "'{" + name + "}': must be one of " + known.stream().sorted().toList());
              });
    }
    return new CommandTemplate(List.copyOf(words));
  }

  /** Returns the words with values in the place of placeholders. */
  public List<String> fill(Map<String, String> values) {
    return words.stream()
        .map(
            word ->
                PLACEHOLDER
                    .matcher(word)
                    .replaceAll(
                        placeholder ->
                            Matcher.quoteReplacement(
                                values.getOrDefault(placeholder.group(1), placeholder.group()))))
        .toList();
  }
}
