// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.ErrorCode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says.
 *
 * @param settings the settings; absent unless they are accepted.
 * @param state what becomes of the configuration.
 * @param code what kind of error it is if there are errors.
 * @param errors all that is wrong with it, or what it waits for.
 * @param warnings what is odd.
 * @param <T> the immutable settings.
 */
public record Reading<T>(
    @Nullable T settings,
    ConfigurationState state,
    ErrorCode code,
    List<ConfigurationProblem> errors,
    List<ConfigurationProblem> warnings) {

  /**
   * Returns one that counts.
   *
   * @param settings what it says.
   * @param warnings what is odd.
   * @param <T> the immutable settings.
   * @return the reading.
   */
  public static <T> Reading<T> accepted(T settings, List<ConfigurationProblem> warnings) {
    return new Reading<>(
        settings, ConfigurationState.ACCEPTED, ErrorCode.CONFIGURATION, List.of(), warnings);
  }

  static <T> Reading<T> refused(
      List<ConfigurationProblem> errors, List<ConfigurationProblem> warnings) {
    return new Reading<>(
        null, ConfigurationState.REFUSED, ErrorCode.CONFIGURATION, errors, warnings);
  }

  static <T> Reading<T> undecoded(List<ConfigurationProblem> errors) {
    return new Reading<>(null, ConfigurationState.REFUSED, ErrorCode.SECRET, errors, List.of());
  }

  static <T> Reading<T> waiting(List<ConfigurationProblem> reasons) {
    return new Reading<>(null, ConfigurationState.WAITING, ErrorCode.SECRET, reasons, List.of());
  }

  /**
   * Returns what may be told of it.
   *
   * @param pid whose configuration it is.
   * @return the status.
   */
  public ConfigurationStatus status(String pid) {
    return new ConfigurationStatus(pid, state, errors, warnings);
  }

  /**
   * Returns what may be told of it, and what it is told with.
   *
   * @param pid whose configuration it is.
   * @param instead what is in force if it is not.
   * @return the outcome.
   */
  public Outcome outcome(String pid, Outcome.Instead instead) {
    return new Outcome(status(pid), code, instead);
  }

  /**
   * Returns what is wrong, or waited for.
   *
   * @return one line.
   */
  public String reason() {
    return errors.stream().map(ConfigurationProblem::toString).collect(Collectors.joining("; "));
  }

  /**
   * Returns the settings.
   *
   * @return the settings.
   * @throws ConfigurationException if there are none.
   */
  public T orThrow() {
    if (settings == null) {
      throw new ConfigurationException(errors);
    }
    return settings;
  }
}
