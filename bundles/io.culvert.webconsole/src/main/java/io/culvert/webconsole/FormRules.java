// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.Configurations;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.felix.webconsole.spi.ConfigurationHandler;
import org.apache.felix.webconsole.spi.ValidationException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the forms of the Web Console show and change: not the settings of what the gateway itself is
 * made of, above all not where its HTTP server listens. What a component of ours would refuse is
 * not saved. Thread-safe.
 */
@Component
public final class FormRules implements ConfigurationHandler {
  private static final String OURS = "io.culvert.";
  private static final String PLACEHOLDER = "$[";

  /**
   * What brings no secret into a value, as in the launcher: also brackets that nothing replaces.
   */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "\\$\\[(?:env|prop):[^;\\[\\]$\\\\]+(?:;(?:[^\\[\\]]|(?<=\\w)\\[])*)?(?<!\\\\)]"
              + "|\\$\\[[^:;\\[\\]$\\\\]*]");

  private static final Logger LOG = LoggerFactory.getLogger(FormRules.class);

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable Configurations configurations;

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
    Configurations judge = configurations;
    if (judge == null || !kind.startsWith(OURS)) {
      return;
    }
    Map<String, Object> values =
        Collections.list(properties.keys()).stream()
            .collect(Collectors.toMap(Function.identity(), properties::get));
    Set<String> secret = judge.secretKeys(kind);
    for (String key : values.keySet()) {
      if (!secret.contains(key) && mayExpose(values.get(key))) {
        throw new ValidationException(
            key
                + ": placeholders other than plain $[env:NAME] and $[prop:NAME] may be used for"
                + " secrets only"
                + (secret.isEmpty()
                    ? ", and this component has none"
                    : ", here " + String.join(", ", new TreeSet<>(secret))));
      }
    }
    if (text(values.values().toArray()).contains(PLACEHOLDER)) {
      return; // only the component gets what stands for it
    }
    ConfigurationStatus status = judge.check(kind, values);
    if (status.state() == ConfigurationState.REFUSED) {
      throw new ValidationException(
          status.errors().stream()
              .map(ConfigurationProblem::toString)
              .collect(Collectors.joining("\n")));
    }
  }

  private static boolean mayExpose(Object value) {
    return HARMLESS.matcher(text(value)).replaceAll(" ").contains(PLACEHOLDER);
  }

  private static String text(Object value) {
    return Arrays.deepToString(new Object[] {value});
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
