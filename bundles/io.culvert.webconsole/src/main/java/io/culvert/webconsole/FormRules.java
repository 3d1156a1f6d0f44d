// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.felix.webconsole.spi.ConfigurationHandler;
import org.apache.felix.webconsole.spi.ValidationException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the forms of the Web Console show and change: not the settings of what the gateway itself is
 * made of, above all not where its HTTP server listens. What a component of ours would refuse is
 * not saved. Thread-safe.
 */
@Component
public final class FormRules implements ConfigurationHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FormRules.class);

  private final BiFunction<String, Map<String, Object>, Optional<ConfigurationStatus>> judge;

  /**
   * Makes the rules.
   *
   * @param judge says what a component would make of a configuration with placeholders, and nothing
   *     of what is not ours.
   */
  @Activate
  public FormRules(
      @Reference(target = "(io.culvert.webconsole.judge=true)")
          BiFunction<String, Map<String, Object>, Optional<ConfigurationStatus>> judge) {
    this.judge = judge;
  }

  @Override
  public boolean listConfiguration(@Nullable String factoryPid, String pid) {
    return !isFixed(pid);
  }

  @Override
  public void createConfiguration(String pid) throws ValidationException {
    check(pid);
  }

  @Override
  public void createFactoryConfiguration(String factoryPid, @Nullable String name)
      throws ValidationException {
    check(factoryPid);
  }

  @Override
  public void updateConfiguration(
      @Nullable String factoryPid, String pid, Dictionary<String, Object> properties)
      throws ValidationException {
    String kind = factoryPid == null ? pid : factoryPid;
    check(pid);
    check(kind);
    judge(kind, properties);
    // A new one gets its PID afterwards.
    LOG.info("Web console: {} is saved", pid.startsWith(kind) ? pid : "a new " + kind);
  }

  private void judge(String kind, Dictionary<String, Object> properties)
      throws ValidationException {
    Map<String, Object> values =
        Collections.list(properties.keys()).stream()
            .collect(Collectors.toMap(Function.identity(), properties::get));
    Optional<ConfigurationStatus> status = judge.apply(kind, values);
    if (status.isPresent() && status.get().state() == ConfigurationState.REFUSED) {
      throw new ValidationException(
          status.get().errors().stream()
              .map(ConfigurationProblem::toString)
              .collect(Collectors.joining("\n")));
    }
  }

  @Override
  public void deleteConfiguration(@Nullable String factoryPid, String pid)
      throws ValidationException {
    check(pid);
    LOG.info("Web console: {} is deleted", pid);
  }

  private static void check(String pid) throws ValidationException {
    if (isFixed(pid)) {
      throw new ValidationException(pid + " is fixed");
    }
  }

  private static boolean isFixed(String pid) {
    return pid.startsWith("org.apache.felix.") || pid.startsWith("org.osgi.");
  }
}
