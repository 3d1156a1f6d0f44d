// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds placeholders that could bring a secret into a value that is shown: all but plain ones for
 * variables and properties, and these too if what they stand for is replaced in turn. Safe for all
 * threads.
 */
final class Exposure {
  /** The only brackets within may be those of a type such as {@code String[]}. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "\\$\\[(env|prop):([^;\\[\\]$\\\\]+)(?:;(?:[^\\[\\]]|(?<=\\w)\\[])*)?(?<!\\\\)]");

  /** Brackets that nothing replaces, as no colon is within. */
  private static final String TEXT = "\\$\\[[^:;\\[\\]$\\\\]*]";

  private static final Pattern HARMLESS = Pattern.compile(PLAIN + "|" + TEXT);
  private static final Pattern OTHER = Pattern.compile("\\$\\[(?:(\\w+):([^;\\[\\]$\\\\]*))?");
  private static final Set<String> PLAIN_TYPES = Set.of("env", "prop");
  private static final String START = "$[";

  private final Function<String, @Nullable String> variables;
  private final Function<String, @Nullable String> properties;

  /**
   * Makes one.
   *
   * @param variables has what {@code $[env:NAME]} stands for.
   * @param properties has what {@code $[prop:NAME]} stands for.
   */
  Exposure(
      Function<String, @Nullable String> variables, Function<String, @Nullable String> properties) {
    this.variables = variables;
    this.properties = properties;
  }

  /**
   * Returns what is wrong with a value that is shown.
   *
   * @param value a text, or several.
   * @param secret the keys whose values are not shown.
   * @return a sentence for each placeholder, without what it stands for.
   */
  Stream<String> in(Object value, Set<String> secret) {
    String where =
        secret.isEmpty()
            ? ", and this component has none"
            : ", here " + String.join(", ", new TreeSet<>(secret));
    return Placeholders.texts(value).flatMap(this::in).distinct().map(it -> it + where);
  }

  private Stream<String> in(String text) {
    Stream<MatchResult> deep = PLAIN.matcher(text).results().filter(this::leadsOn);
    Stream<MatchResult> others =
        OTHER.matcher(HARMLESS.matcher(text).replaceAll("\u2026")).results();
    return Stream.concat(deep, others).map(Exposure::sentence);
  }

  private boolean leadsOn(MatchResult plain) {
    String value = (plain.group(1).equals("env") ? variables : properties).apply(plain.group(2));
    return value != null && value.contains(START);
  }

  private static String sentence(MatchResult placeholder) {
    String type = placeholder.group(1);
    String name = type == null ? "\u2026" : type + ":" + placeholder.group(2);
    String why =
        type != null && PLAIN_TYPES.contains(type) ? "leads to another placeholder, so it " : "";
    return START + name + "]: " + why + "may be used for secrets only";
  }
}
