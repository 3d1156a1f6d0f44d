// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.framework;

import io.culvert.launcher.log.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A framework in this process with the bundles of some folders. The launcher and the bundles share
 * the packages in {@link #SHARED} and those of the settings. Owned and driven by one thread.
 */
public final class FrameworkHost implements AutoCloseable {
  private static final List<String> SHARED =
      List.of(
          "org.osgi.service.cm;version=1.6.0",
          "org.osgi.service.log;version=1.5.0",
          "org.osgi.service.log.admin;version=1.0.0");
  private static final String APPLICATION = "io.culvert.";
  private static final List<String> LOGGING = List.of("slf4j", "org.apache.felix.log");
  private static final long STOP_MILLIS = 2_000;

  private final Framework framework;
  private final FrameworkLog log;
  private final List<Bundle> logging = new ArrayList<>();
  private final List<Bundle> others = new ArrayList<>();
  private final List<Bundle> application = new ArrayList<>();

  private FrameworkHost(Framework framework) {
    this.framework = framework;
    this.log = new FrameworkLog(framework.getBundleContext());
  }

  /**
   * Starts the framework and all bundles that are not the application's own.
   *
   * @param settings which bundles, and how.
   * @throws IOException if a folder of bundles cannot be read.
   * @throws BundleException if a bundle does not start.
   */
  public static FrameworkHost start(FrameworkSettings settings)
      throws IOException, BundleException {
    Framework framework = new FrameworkFactory().newFramework(properties(settings));
    framework.init();
    FrameworkHost host = new FrameworkHost(framework);
    try {
      host.startInfrastructure(settings.bundles());
      return host;
    } catch (IOException | BundleException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private static Map<String, String> properties(FrameworkSettings settings) {
    Map<String, String> properties = new HashMap<>(settings.properties());
    properties.put(Constants.FRAMEWORK_STORAGE, settings.storage().toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        Stream.concat(SHARED.stream(), settings.shared().stream())
            .collect(Collectors.joining(",")));
    // Netty's native transport looks for FileChannelImpl when it is loaded.
    properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "sun.nio.ch");
    properties.put("felix.bootdelegation.implicit", "false");
    properties.put("felix.log.level", "1");
    properties.put("ds.loglevel", "2");
    return properties;
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static String location(Path jar) {
    return "reference:" + jar.toUri();
  }

  private void sort(Bundle bundle) {
    String name = String.valueOf(bundle.getSymbolicName());
    if (name.startsWith(APPLICATION)) {
      application.add(bundle);
    } else if (LOGGING.stream().anyMatch(name::startsWith)) {
      logging.add(bundle);
    } else {
      others.add(bundle);
    }
  }

  private void startInfrastructure(List<Path> folders) throws IOException, BundleException {
    log.open();
    framework.start();
    for (Path folder : folders) {
      for (Path jar : jars(folder)) {
        sort(framework.getBundleContext().installBundle(location(jar)));
      }
      // Before the next folder's are there: who logs through the first SLF4J stays with it.
      startAll(logging);
    }
    startAll(others);
  }

  /**
   * Starts the application's bundles; configure them before.
   *
   * @throws BundleException if one does not start.
   */
  public void startApplication() throws BundleException {
    startAll(application);
  }

  /**
   * Installs and starts the bundles of others, after all of ours. If one cannot be, that is said,
   * and the rest goes on.
   *
   * @param folder their folder, which need not be there.
   */
  public void startGuests(Path folder) {
    installGuests(folder)
        .forEach((jar, guest) -> attempt(jar, "started", () -> startAll(List.of(guest))));
  }

  /** As {@link #startGuests}, but starts none; returns them by file. */
  public Map<Path, Bundle> installGuests(Path folder) {
    Map<Path, Bundle> guests = new TreeMap<>();
    try {
      for (Path jar : Files.isDirectory(folder) ? jars(folder) : List.<Path>of()) {
        attempt(
            jar,
            "installed",
            () -> guests.put(jar, framework.getBundleContext().installBundle(location(jar))));
      }
    } catch (IOException e) {
      Log.error(folder + " cannot be read: " + e);
    }
    return guests;
  }

  private static void attempt(Path jar, String what, GuestStep step) {
    try {
      step.run();
    } catch (BundleException | RuntimeException e) {
      Log.error(jar + " cannot be " + what + ": " + e.getMessage());
    }
  }

  @FunctionalInterface
  private interface GuestStep {
    void run() throws BundleException;
  }

  /**
   * Returns what the installed bundles say can be configured.
   *
   * @throws IOException if a bundle cannot be read.
   */
  public KnownPids knownPids() throws IOException {
    return KnownPids.of(List.of(framework.getBundleContext().getBundles()));
  }

  private static void startAll(List<Bundle> bundles) throws BundleException {
    for (Bundle bundle : bundles) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      }
    }
  }

  /** Gives components their configuration. */
  public void configure(Map<String, Map<String, Object>> configurations) throws IOException {
    ConfigurationAdmin admin = configurationAdmin();
    for (Map.Entry<String, Map<String, Object>> entry : configurations.entrySet()) {
      admin
          .getConfiguration(entry.getKey(), "?")
          .update(FrameworkUtil.asDictionary(entry.getValue()));
    }
  }

  /** Returns the service that keeps configurations; it is there until the framework stops. */
  public ConfigurationAdmin configurationAdmin() {
    return present(ConfigurationAdmin.class);
  }

  /** Returns what replaces placeholders, if the framework has {@link Interpolation#properties}. */
  public ConfigurationPlugin placeholders() {
    return present(ConfigurationPlugin.class);
  }

  private <S> S present(Class<S> type) {
    BundleContext context = framework.getBundleContext();
    ServiceReference<S> reference =
        Optional.ofNullable(context.getServiceReference(type))
            .orElseThrow(() -> new IllegalStateException("there is no " + type.getSimpleName()));
    return context.getService(reference);
  }

  /**
   * Finds a service of a package that the launcher shares with the bundles.
   *
   * @return completes with the service when it has come; it stays in use until the framework stops.
   */
  public <S> CompletableFuture<S> service(Class<S> type) {
    CompletableFuture<S> found = new CompletableFuture<>();
    new ServiceTracker<S, S>(framework.getBundleContext(), type, null) {
      @Override
      public S addingService(ServiceReference<S> reference) {
        S service = super.addingService(reference);
        found.complete(service);
        return service;
      }
    }.open();
    return found;
  }

  /**
   * Finds what a bundle of the application offers to {@link ServiceLoader}, so without being
   * started. While it is made, it finds in the same way what the other bundles offer.
   *
   * @param type a type of a package that the launcher shares with the bundles.
   * @return what is found; nothing if no bundle offers it.
   */
  public <S> Optional<S> unstarted(Class<S> type) {
    framework.adapt(FrameworkWiring.class).resolveBundles(application);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(new JoinedClassLoader(application));
    try {
      return ServiceLoader.load(type).findFirst();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Watches for a service whose type the launcher does not know.
   *
   * @return completes when there is one.
   */
  public CompletableFuture<Boolean> registration(String type) {
    CompletableFuture<Boolean> registered = new CompletableFuture<>();
    new ServiceTracker<Object, Object>(framework.getBundleContext(), type, null) {
      @Override
      public @Nullable Object addingService(ServiceReference<Object> reference) {
        registered.complete(true);
        return null; // it is not used
      }
    }.open(true);
    return registered;
  }

  public BundleContext context() {
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
