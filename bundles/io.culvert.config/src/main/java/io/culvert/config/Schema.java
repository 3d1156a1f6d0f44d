// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import io.culvert.api.ConfigurationProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How configurations of one kind are read: a metatype document, and what the engine makes of its
 * keys. Safe for all threads.
 *
 * @param <T> the immutable settings.
 */
public final class Schema<T> {
  private final String pid;
  private final Metatype metatype;
  private final Function<Values, T> reader;

  /**
   * Makes a schema.
   *
   * @param definition the metatype interface, or any class of the same bundle.
   * @param pid the PID or factory PID, after which the document is named.
   * @param reader makes the settings; it ends with {@link Values#check()} before it makes anything
   *     that needs right values.
   * @throws IllegalStateException if there is no such document: an error in the build.
   */
  public Schema(Class<?> definition, String pid, Function<Values, T> reader) {
    this.pid = pid;
    this.metatype = Metatype.of(definition, pid);
    this.reader = reader;
  }

  /**
   * Returns whose configurations these are.
   *
   * @return the PID or factory PID.
   */
  public String pid() {
    return pid;
  }

  Metatype metatype() {
    return metatype;
  }

  /**
   * Returns all there is to configure.
   *
   * @return the keys.
   */
  public Set<String> keys() {
    return metatype.attributes().stream()
        .map(Metatype.Attribute::key)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns what must not be seen.
   *
   * @return the keys whose values are secret.
   */
  public Set<String> secretKeys() {
    return metatype.attributes().stream()
        .filter(Metatype.Attribute::secret)
        .map(Metatype.Attribute::key)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Reads a configuration as a whole.
   *
   * @param properties what is configured; secrets in clear.
   * @return the settings, or all that is wrong.
   */
  public Reading<T> read(Map<String, ?> properties) {
    return read(properties, KeyOwners.NONE);
  }

  /**
   * Reads a configuration as a whole.
   *
   * @param properties what is configured; secrets in clear.
   * @param owners knows where keys belong that nothing reads here.
   * @return the settings, or all that is wrong.
   */
  public Reading<T> read(Map<String, ?> properties, KeyOwners owners) {
    Values values = values(properties);
    List<ConfigurationProblem> warnings =
        new ArrayList<>(UnknownKeys.of(metatype, properties, owners));
    try {
      T settings = reader.apply(values);
      warnings.addAll(values.warnings());
      return Reading.accepted(settings, warnings);
    } catch (ConfigurationException e) {
      warnings.addAll(values.warnings());
      return Reading.refused(e.problems(), warnings);
    }
  }

  /**
   * Returns single values of a configuration that may be wrong.
   *
   * @param properties what is configured; secrets in clear.
   * @return what reads them.
   */
  public Values values(Map<String, ?> properties) {
    return new Values(metatype, properties);
  }

  /**
   * Reads a configuration that has to be right.
   *
   * @param properties what is configured; secrets in clear.
   * @return the settings.
   * @throws ConfigurationException if anything is wrong.
   */
  public T parse(Map<String, ?> properties) {
    return read(properties).orThrow();
  }
}
