// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.status;

import io.culvert.api.ConfigurationListener;
import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationReporter;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.Configurations;
import io.culvert.api.ErrorCode;
import io.culvert.config.Outcome;
import io.culvert.config.SecretValues;
import io.culvert.config.StatusSink;
import io.culvert.core.config.Kinds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log and the listeners what becomes of configurations, one after the other. Safe for all
 * threads.
 */
@Component(
    name = "io.culvert.Configurations",
    service = {Configurations.class, ConfigurationReporter.class})
public final class ConfigurationReports
    implements Configurations, ConfigurationReporter, StatusSink {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationReports.class);

  private final Kinds kinds;
  private final SecretValues secrets;
  private final Map<String, ConfigurationStatus> known = new ConcurrentSkipListMap<>();
  private final List<ConfigurationListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * Starts in a framework.
   *
   * @param kinds all that can be configured.
   * @param secrets reads configurations that are checked.
   */
  @Activate
  public ConfigurationReports(@Reference Kinds kinds, @Reference SecretValues secrets) {
    this.kinds = kinds;
    this.secrets = secrets;
  }

  /**
   * Starts without a framework, for {@link java.util.ServiceLoader}; all secrets are clear, and
   * what other bundles read is found in the same way.
   */
  public ConfigurationReports() {
    this(Kinds.onClassPath());
  }

  private ConfigurationReports(Kinds kinds) {
    this(kinds, new SecretValues(kinds));
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  synchronized void addListener(ConfigurationListener listener) {
    listeners.add(listener);
    known.values().forEach(status -> tell(listener, it -> it.changed(status)));
  }

  void removeListener(ConfigurationListener listener) {
    listeners.remove(listener);
  }

  @Override
  public List<ConfigurationStatus> current() {
    return List.copyOf(known.values());
  }

  @Override
  public ConfigurationStatus check(String pid, Map<String, ?> properties) {
    return kinds.check(secrets, pid, properties);
  }

  @Override
  public Set<String> secretKeys(String pid) {
    return kinds.secretKeys(pid);
  }

  @Override
  public void put(Outcome outcome, boolean another) {
    put(outcome.status(), outcome.code(), outcome.instead().toString(), another);
  }

  @Override
  public synchronized void put(
      ConfigurationStatus status, ErrorCode code, String instead, boolean another) {
    boolean changed = !status.equals(known.put(status.pid(), status));
    if (changed && listeners.stream().noneMatch(ConfigurationReports::isLogging)) {
      log(status, code, instead);
    }
    if (changed || another) {
      listeners.forEach(listener -> tell(listener, it -> it.changed(status)));
    }
  }

  @Override
  public synchronized void remove(String pid) {
    if (known.remove(pid) != null) {
      listeners.forEach(listener -> tell(listener, it -> it.removed(pid)));
    }
  }

  private static void log(ConfigurationStatus status, ErrorCode code, String instead) {
    String pid = status.pid();
    String errors = lines(status.errors());
    switch (status.state()) {
      case ACCEPTED -> LOG.debug("{}: accepted", pid);
      case REFUSED -> LOG.warn("{} {}: is not accepted, {}: {}", code, pid, instead, errors);
      case WAITING -> LOG.info("{} {}: {}", code, pid, errors);
    }
    if (!status.warnings().isEmpty()) {
      LOG.warn("{} {}: {}", ErrorCode.CONFIGURATION, pid, lines(status.warnings()));
    }
  }

  private static String lines(List<ConfigurationProblem> problems) {
    return problems.stream().map(ConfigurationProblem::toString).collect(Collectors.joining("; "));
  }

  private static boolean isLogging(ConfigurationListener listener) {
    AtomicBoolean logging = new AtomicBoolean();
    tell(listener, it -> logging.set(it.isLogging()));
    return logging.get();
  }

  private static void tell(ConfigurationListener listener, Consumer<ConfigurationListener> call) {
    try {
      call.accept(listener);
    } catch (RuntimeException e) {
      LOG.error("A configuration listener failed", e);
    }
  }
}
