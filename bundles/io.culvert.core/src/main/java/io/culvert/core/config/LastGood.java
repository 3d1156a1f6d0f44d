// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.api.ErrorCode;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good reading of a configuration: what is wrong is said and changes nothing. Read by any
 * thread, updated by one at a time.
 *
 * @param <T> the immutable settings.
 */
public final class LastGood<T> {
  private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);

  private final String name;
  private final Function<Map<String, ?>, T> parser;
  private volatile T settings;

  /**
   * Reads the first configuration; the defaults stand in for a wrong one.
   *
   * @param name what is configured, for log lines.
   * @param parser makes the settings, or throws an {@link IllegalArgumentException} that names all
   *     that is wrong.
   * @param properties the first configuration.
   */
  public LastGood(String name, Function<Map<String, ?>, T> parser, Map<String, ?> properties) {
    this.name = name;
    this.parser = parser;
    T first;
    try {
      first = parser.apply(properties);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} {} starts with its defaults: {}", ErrorCode.CONFIGURATION, name, e.getMessage());
      first = parser.apply(Map.of());
    }
    this.settings = first;
  }

  /**
   * Returns the settings in force.
   *
   * @return the settings.
   */
  public T get() {
    return settings;
  }

  /**
   * Reads a new configuration.
   *
   * @param properties the configuration.
   * @return whether other settings are in force now.
   */
  public boolean update(Map<String, ?> properties) {
    try {
      T read = parser.apply(properties);
      boolean changed = !read.equals(settings);
      settings = read;
      return changed;
    } catch (IllegalArgumentException e) {
      LOG.warn("{} {} keeps its settings: {}", ErrorCode.CONFIGURATION, name, e.getMessage());
      return false;
    }
  }
}
