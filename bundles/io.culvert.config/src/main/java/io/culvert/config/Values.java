// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import io.culvert.api.ConfigurationProblem;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one configuration, with the types, ranges and defaults of its metatype, and
 * collects everything that is wrong with them. Used by one thread.
 */
public final class Values {
  private final Metatype metatype;
  private final Map<String, ?> properties;
  private final List<ConfigurationProblem> problems = new ArrayList<>();
  private final List<ConfigurationProblem> warnings = new ArrayList<>();

  Values(Metatype metatype, Map<String, ?> properties) {
    this.metatype = metatype;
    this.properties = properties;
  }

  /**
   * Reads a whole number; the default if there is none or a wrong one.
   *
   * @param key the key.
   * @return the number.
   */
  public long number(String key) {
    Metatype.Attribute attribute = metatype.attribute(key);
    long min = attribute.min() == null ? Long.MIN_VALUE : attribute.min();
    long max = attribute.max() == null ? Long.MAX_VALUE : attribute.max();
    String text = single(key);
    if (isUnreplaced(key, text)) {
      return Long.parseLong(attribute.preset());
    }
    try {
      long number = Long.parseLong(text.trim());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, together with numbers out of range.
    }
    String unit = attribute.unit().isEmpty() ? "" : " " + attribute.unit();
    // Also one such as 1e6 is whole.
    String form = text.trim().matches("[+-]?[0-9]+") ? "" : ", in digits only";
    problem(key, text, "must be a whole number of " + min + " to " + max + unit + form);
    return Long.parseLong(attribute.preset());
  }

  /**
   * Reads a number that fits an int; see {@link #number}.
   *
   * @param key the key.
   * @return the number.
   */
  public int integer(String key) {
    return Math.toIntExact(number(key));
  }

  /**
   * Reads a time in milliseconds; see {@link #number}.
   *
   * @param key the key.
   * @return the time.
   */
  public Duration millis(String key) {
    return Duration.ofMillis(number(key));
  }

  /**
   * Reads {@code true} or {@code false}.
   *
   * @param key the key.
   * @return the flag, the default if it is wrong.
   */
  public boolean flag(String key) {
    String text = single(key);
    String value = text.trim().toLowerCase(Locale.ROOT);
    if (isUnreplaced(key, text)) {
      return Boolean.parseBoolean(metatype.attribute(key).preset());
    }
    if (!value.equals("true") && !value.equals("false")) {
      problem(key, text, "must be true or false");
      return Boolean.parseBoolean(metatype.attribute(key).preset());
    }
    return value.equals("true");
  }

  /**
   * Reads one of the options, as the metatype writes it; absent if it is none of them.
   *
   * @param key the key.
   * @return the option.
   */
  public @Nullable String option(String key) {
    List<String> options = metatype.attribute(key).options();
    String text = single(key).trim();
    for (String option : options) {
      if (option.equalsIgnoreCase(text)) {
        return option;
      }
    }
    if (isUnreplaced(key, text)) {
      return null;
    }
    problem(key, text.isEmpty() ? null : text, "must be one of " + String.join(", ", options));
    return null;
  }

  /**
   * Reads a text without the white space around it, absent if it is empty or a placeholder.
   *
   * @param key the key.
   * @return the text.
   */
  public @Nullable String text(String key) {
    String text = single(key).trim();
    return text.isEmpty() || isUnreplaced(key, text) ? null : text;
  }

  /**
   * Reads several texts, leaving out empty ones.
   *
   * @param key the key.
   * @return the texts.
   */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Object value : all(key)) {
      // Absent is an empty row of an editor.
      String text = value == null ? "" : String.valueOf(value).trim();
      if (!text.isEmpty() && !isUnreplaced(key, text)) {
        texts.add(text);
      }
    }
    return texts;
  }

  /**
   * Reads a text in a form of its own.
   *
   * @param key the key.
   * @param parser makes the value, or throws an {@link IllegalArgumentException} that says what is
   *     allowed.
   * @param <T> what it makes.
   * @return the value, absent if there is none or a wrong one.
   */
  public <T> @Nullable T parsed(String key, Function<String, T> parser) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      problem(key, text, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /**
   * Checks that a number is not greater than another one; both were read before.
   *
   * @param least the key of the smaller number.
   * @param greatest the key of the greater one.
   */
  public void checkOrder(String least, String greatest) {
    long low = number(least);
    long high = number(greatest);
    if (low <= high || isWrong(least) || isWrong(greatest)) {
      return;
    }
    if (isPreset(least, low)) {
      problem(greatest, Long.toString(high), "must be at least " + least + ", which is " + low);
    } else {
      problem(least, Long.toString(low), "must be at most " + greatest + ", which is " + high);
    }
  }

  /**
   * Warns of a number that can have no effect, as a wider bound is smaller; a default gives way.
   *
   * @param inner the key of the number.
   * @param outer the key of the wider bound.
   */
  public void checkBound(String inner, String outer) {
    long bound = number(outer);
    long bounded = number(inner);
    if (bounded > bound && !isPreset(inner, bounded) && !isWrong(inner) && !isWrong(outer)) {
      String message = "counts only up to " + outer + ", which is " + bound;
      warning(inner, Long.toString(bounded), message);
    }
  }

  private boolean isWrong(String key) {
    return problems.stream().anyMatch(problem -> problem.key().equals(key));
  }

  private boolean isPreset(String key, long number) {
    return metatype.attribute(key).preset().equals(Long.toString(number));
  }

  /**
   * Tells whether nothing is configured for a key; not so if it is wrong or a placeholder.
   *
   * @param key the key.
   * @return whether it is so.
   */
  public boolean isEmpty(String key) {
    return single(key).isBlank();
  }

  /**
   * Adds something that is wrong.
   *
   * @param key the key.
   * @param value the value, which is left out if it is a secret; absent if there is none.
   * @param allowed what is allowed.
   */
  public void problem(String key, @Nullable String value, String allowed) {
    add(new ConfigurationProblem(key, visible(key, value), allowed));
  }

  /** A key may be looked at twice. */
  private void add(ConfigurationProblem problem) {
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /**
   * Adds something that is odd, likewise.
   *
   * @param key the key.
   * @param value the value, as for {@link #problem}.
   * @param message what is odd.
   */
  public void warning(String key, @Nullable String value, String message) {
    warnings.add(new ConfigurationProblem(key, visible(key, value), message));
  }

  /** Returns what is odd. */
  List<ConfigurationProblem> warnings() {
    return warnings;
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigurationException if anything was wrong.
   */
  public void check() {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private @Nullable String visible(String key, @Nullable String value) {
    return metatype.attribute(key).secret() ? null : value;
  }

  /** Tells whether a placeholder is still in a text, and adds that. */
  private boolean isUnreplaced(String key, String text) {
    List<String> missing = Unreplaced.in(text);
    missing.forEach(sentence -> problem(key, text.trim(), sentence));
    return !missing.isEmpty();
  }

  private String single(String key) {
    List<?> values = all(key).stream().filter(Objects::nonNull).toList();
    if (values.size() > 1) {
      problem(key, values.toString(), "must be one value, not a list");
    }
    return values.isEmpty() ? metatype.attribute(key).preset() : String.valueOf(values.get(0));
  }

  private List<?> all(String key) {
    Object value = properties.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof Collection<?> collection) {
      return new ArrayList<>(collection);
    }
    if (value.getClass().isArray()) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        values.add(Array.get(value, i));
      }
      return values;
    }
    return List.of(value);
  }
}
