// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one configuration, with the defaults that its metatype interface declares,
 * and collects everything that is wrong with them. Used by one thread.
 */
public final class Values {
  private final Class<?> metatype;
  private final Map<String, ?> properties;
  private final List<String> problems = new ArrayList<>();

  /**
   * Reads a configuration.
   *
   * @param metatype the annotation interface whose elements declare keys and defaults.
   * @param properties what is configured.
   */
  public Values(Class<?> metatype, Map<String, ?> properties) {
    this.metatype = metatype;
    this.properties = properties;
  }

  /**
   * Reads a number.
   *
   * @param key the key.
   * @param min the least value allowed.
   * @param max the greatest value allowed.
   * @return the value; the default if there is none or a wrong one.
   */
  public long number(String key, long min, long max) {
    Object value = single(key);
    try {
      long number = Long.parseLong(String.valueOf(value).trim());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, together with numbers out of range.
    }
    problem(key, value, "must be a whole number of " + min + " to " + max);
    return ((Number) fallback(key)).longValue();
  }

  /** Reads a number that fits an int; see {@link #number}. */
  public int integer(String key, int min, int max) {
    return (int) number(key, min, max);
  }

  /**
   * Reads a time in milliseconds.
   *
   * @param key the key.
   * @param min the least value allowed.
   * @param max the greatest value allowed.
   * @return the value; the default if there is none or a wrong one.
   */
  public Duration millis(String key, long min, long max) {
    return Duration.ofMillis(number(key, min, max));
  }

  /** Reads {@code true} or {@code false}. */
  public boolean flag(String key) {
    Object value = single(key);
    String text = String.valueOf(value).trim().toLowerCase(Locale.ROOT);
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    problem(key, value, "must be true or false");
    return (Boolean) fallback(key);
  }

  /** Reads a text without the white space around it, null if it is empty. */
  public @Nullable String text(String key) {
    String text = String.valueOf(single(key)).trim();
    return text.isEmpty() ? null : text;
  }

  /** Reads several texts, leaving out empty ones. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Object value : all(key)) {
      if (value == null) {
        // An empty row of an editor.
        continue;
      }
      String text = String.valueOf(value).trim();
      if (!text.isEmpty()) {
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
   * @param shown whether the value may be repeated in a message.
   * @return the value, null if there is none or a wrong one.
   */
  public <T> @Nullable T parsed(String key, Function<String, T> parser, boolean shown) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      problem(key, shown ? text : null, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /**
   * Adds something that is wrong.
   *
   * @param key the key.
   * @param value the value, null if it must not be seen.
   * @param allowed what is allowed.
   */
  public void problem(String key, @Nullable Object value, String allowed) {
    problems.add(key + (value == null ? "" : " '" + value + "'") + ": " + allowed);
  }

  /**
   * Ends the reading.
   *
   * @throws IllegalArgumentException if anything was wrong; the message names all of it.
   */
  public void check() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  private Object single(String key) {
    List<?> values = all(key);
    Object first = values.isEmpty() ? null : values.get(0);
    return first == null ? fallback(key) : first;
  }

  private List<?> all(String key) {
    Object value = properties.get(key);
    if (value == null) {
      value = fallback(key);
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

  private Object fallback(String key) {
    try {
      Method element = metatype.getMethod(key.replace('.', '_'));
      return element.getDefaultValue();
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(metatype.getName() + " declares no " + key, e);
    }
  }
}
