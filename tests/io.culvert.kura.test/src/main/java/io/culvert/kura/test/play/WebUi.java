// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.play;

import io.culvert.kura.test.control.DeploymentFailedException;
import io.culvert.kura.test.control.KuraControl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;

/** Passes on what the owner wants. Safe for all threads. */
@Component(name = "io.culvert.kura.test.play.WebUi", service = KuraControl.class)
public final class WebUi implements KuraControl {
  private static final int LIMIT_MILLIS = 30_000;

  private final BundleContext context;
  private final ConfigurationKeeper configurations;
  private final DeploymentAgent agent;
  private final AesCrypto crypto;
  private final Arrivals arrivals;

  /**
   * Takes what does the work.
   *
   * @param context knows the services.
   * @param configurations configures.
   * @param agent installs.
   * @param crypto encrypts.
   * @param arrivals tells when configurations are where they belong.
   */
  @Activate
  public WebUi(
      BundleContext context,
      @Reference ConfigurationKeeper configurations,
      @Reference DeploymentAgent agent,
      @Reference AesCrypto crypto,
      @Reference Arrivals arrivals) {
    this.context = context;
    this.configurations = configurations;
    this.agent = agent;
    this.crypto = crypto;
    this.arrivals = arrivals;
  }

  @Override
  public void install(Path file) throws DeploymentFailedException, IOException {
    agent.install(file);
  }

  @Override
  public void uninstall(String name) throws DeploymentFailedException, IOException {
    agent.uninstall(name);
  }

  @Override
  public boolean isSettled() {
    return agent.isSettled();
  }

  @Override
  public Map<String, String> packages() {
    return agent.packages();
  }

  @Override
  public Set<String> components() {
    return configurations.components();
  }

  @Override
  public Set<String> factories() {
    return configurations.factories();
  }

  @Override
  public Map<String, Object> configuration(String component) throws IOException {
    return configurations.configuration(component);
  }

  @Override
  public void update(String component, Map<String, Object> values)
      throws IOException, InterruptedException {
    arrivals.await();
    configurations.update(component, values);
    arrivals.await(configurations.configuration(component));
  }

  @Override
  public void create(String factory, String component, Map<String, Object> first)
      throws IOException, InterruptedException {
    configurations.create(factory, component, first);
    ServiceTracker<Object, Object> tracker = tracker(component);
    tracker.open();
    try {
      if (tracker.waitForService(LIMIT_MILLIS) == null) {
        throw new IOException("no service has the kura.service.pid " + component);
      }
    } finally {
      tracker.close();
    }
  }

  private ServiceTracker<Object, Object> tracker(String component) {
    try {
      return new ServiceTracker<>(
          context, FrameworkUtil.createFilter("(kura.service.pid=" + component + ")"), null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void delete(String component) throws IOException {
    configurations.delete(component);
  }

  @Override
  public String encrypt(String clear) {
    return crypto.encrypt(clear);
  }
}
