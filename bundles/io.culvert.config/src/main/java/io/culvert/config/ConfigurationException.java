// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import io.culvert.api.ConfigurationProblem;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A configuration is wrong. The message names all that is; it holds no secret. */
public final class ConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigurationProblem> problems;

  /**
   * Makes one of everything that is wrong.
   *
   * @param problems at least one.
   */
  public ConfigurationException(List<ConfigurationProblem> problems) {
    super(problems.stream().map(ConfigurationProblem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /**
   * Makes one of one thing that is wrong.
   *
   * @param key the key.
   * @param value its value, absent if it has none.
   * @param allowed what is allowed.
   */
  public ConfigurationException(String key, @Nullable String value, String allowed) {
    this(List.of(new ConfigurationProblem(key, value, allowed)));
  }

  /**
   * Returns what is wrong.
   *
   * @return at least one problem.
   */
  public List<ConfigurationProblem> problems() {
    return problems;
  }
}
