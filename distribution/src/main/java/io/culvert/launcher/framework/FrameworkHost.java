// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import io.culvert.api.TunnelManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A framework in this process with the bundles of one folder. The launcher and the bundles share
 * the packages in {@link #SHARED}. Owned and driven by one thread.
 */
final class FrameworkHost implements AutoCloseable {
  private static final String SHARED =
      "io.culvert.api;version=1.0.0,"
          + "org.osgi.service.cm;version=1.6.0,"
          + "org.osgi.service.log;version=1.5.0,"
          + "org.osgi.service.log.admin;version=1.0.0";
  private static final String APPLICATION = "io.culvert.";
  private static final List<String> LOGGING = List.of("slf4j", "org.apache.felix.log");
  private static final long STOP_MILLIS = 3_000;

  private final Framework framework;
  private final FrameworkLog log;
  private final List<Bundle> application = new ArrayList<>();

  private FrameworkHost(Framework framework) {
    this.framework = framework;
    this.log = new FrameworkLog(framework.getBundleContext());
  }

  /**
   * Starts the framework and all bundles that are not the application's own.
   *
   * @param bundles the folder of the bundles; they are used in place, not copied.
   * @param storage a folder for what the framework keeps, which may be deleted afterwards.
   * @throws IOException if the folder of the bundles cannot be read.
   * @throws BundleException if a bundle does not start.
   */
  static FrameworkHost start(Path bundles, Path storage) throws IOException, BundleException {
    Framework framework = new FrameworkFactory().newFramework(properties(storage));
    framework.init();
    FrameworkHost host = new FrameworkHost(framework);
    try {
      host.startInfrastructure(jars(bundles));
      return host;
    } catch (IOException | BundleException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private static Map<String, String> properties(Path storage) {
    return Map.of(
        // A folder within: the framework may make its storage itself, for all to read.
        Constants.FRAMEWORK_STORAGE,
        storage.resolve("framework").toString(),
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        SHARED,
        // Netty's native transport looks for FileChannelImpl when it is loaded.
        Constants.FRAMEWORK_BOOTDELEGATION,
        "sun.nio.ch",
        "felix.bootdelegation.implicit",
        "false",
        "felix.log.level",
        "1",
        "felix.cm.pm",
        "memory",
        "ds.loglevel",
        "2");
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private void startInfrastructure(List<Path> jars) throws BundleException {
    BundleContext context = framework.getBundleContext();
    log.open();
    List<Bundle> logging = new ArrayList<>();
    List<Bundle> others = new ArrayList<>();
    for (Path jar : jars) {
      Bundle bundle = context.installBundle("reference:" + jar.toUri());
      String name = String.valueOf(bundle.getSymbolicName());
      if (name.startsWith(APPLICATION)) {
        application.add(bundle);
      } else if (LOGGING.stream().anyMatch(name::startsWith)) {
        logging.add(bundle);
      } else {
        others.add(bundle);
      }
    }
    framework.start();
    startAll(logging);
    startAll(others);
  }

  /** Starts the application's bundles. Configure them before. */
  void startApplication() throws BundleException {
    startAll(application);
  }

  private static void startAll(List<Bundle> bundles) throws BundleException {
    for (Bundle bundle : bundles) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      }
    }
  }

  /** Gives components their configuration. It is kept in memory only. */
  void configure(Map<String, Map<String, Object>> configurations) throws IOException {
    BundleContext context = framework.getBundleContext();
    ServiceReference<ConfigurationAdmin> reference =
        Optional.ofNullable(context.getServiceReference(ConfigurationAdmin.class))
            .orElseThrow(() -> new IllegalStateException("there is no ConfigurationAdmin"));
    ConfigurationAdmin admin = context.getService(reference);
    for (Map.Entry<String, Map<String, Object>> entry : configurations.entrySet()) {
      admin
          .getConfiguration(entry.getKey(), "?")
          .update(FrameworkUtil.asDictionary(entry.getValue()));
    }
    context.ungetService(reference);
  }

  /** Waits for the service that opens tunnels, and returns it if it has come. */
  Optional<TunnelManager> awaitTunnelManager(long timeoutMillis) throws InterruptedException {
    ServiceTracker<TunnelManager, TunnelManager> tracker =
        new ServiceTracker<>(framework.getBundleContext(), TunnelManager.class, null);
    tracker.open();
    // Not closed: the service must stay in use until the framework stops.
    return Optional.ofNullable(tracker.waitForService(timeoutMillis));
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** Stops all bundles and the framework, but does not wait for ever. */
  @Override
  public void close() {
    try {
      framework.stop();
      if (framework.waitForStop(STOP_MILLIS).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
        Log.warning("The bundles did not stop in time");
      }
    } catch (BundleException e) {
      Log.warning("The framework did not stop: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
