// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.kura.test.control.CloudControl;
import io.culvert.kura.test.control.KuraControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * A framework with the services of the runtime under test, and with or without Kura. As Kura does,
 * it begins each time with a storage that is empty; what lasts is in its home. Used by one thread.
 */
final class Gateway {
  private static final Path RUNTIME = Path.of(System.getProperty("runtime.bundles"));
  private static final Path KURA = Path.of(System.getProperty("kura.bundle"));
  private static final long STOP_MILLIS = 60_000;
  private static final int LOG_WARNING = 2;

  private final Path storage;
  private final Framework framework;

  private Gateway(Path home) throws IOException, BundleException {
    storage = Files.createTempDirectory(home.getParent(), "storage");
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    storage.toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    KuraControl.class.getPackageName() + ";version=1.0.0",
                    "kura.home",
                    home.toString(),
                    // How much of the log the log services keep.
                    "equinox.log.history.max",
                    "10000",
                    "org.apache.felix.log.maxSize",
                    "10000"));
    framework.start();
  }

  /** Starts a gateway with Kura, whose home may be that of an earlier one. */
  static Gateway withKura(Path home) throws Exception {
    Gateway gateway = withoutKura(home);
    gateway.install(KURA);
    Eventually.holds(() -> assertThat(gateway.has(KuraControl.class.getName())).isTrue());
    return gateway;
  }

  /** Starts a gateway that has no package of Kura. */
  static Gateway withoutKura(Path home) throws Exception {
    Gateway gateway = new Gateway(home);
    List<Bundle> bundles = new ArrayList<>();
    try (Stream<Path> files = Files.list(RUNTIME)) {
      for (Path file : files.sorted().toList()) {
        bundles.add(gateway.context().installBundle(file.toUri().toString()));
      }
    }
    for (Bundle bundle : bundles) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start();
      }
    }
    return gateway;
  }

  /** Installs and starts a bundle. */
  Bundle install(Path file) throws BundleException {
    Bundle bundle = context().installBundle(file.toUri().toString());
    bundle.start();
    return bundle;
  }

  KuraControl kura() {
    return context()
        .getService(Objects.requireNonNull(context().getServiceReference(KuraControl.class)));
  }

  CloudControl cloud() {
    return context()
        .getService(Objects.requireNonNull(context().getServiceReference(CloudControl.class)));
  }

  private boolean has(String type) {
    return context().getServiceReference(type) != null;
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  List<TunnelView> tunnels() throws Exception {
    return TunnelView.all(context());
  }

  /** Tells whether Kura has dealt with the packages that it keeps. */
  boolean isSettled() {
    return kura().isSettled();
  }

  /** Returns the only tunnel with this name. */
  TunnelView tunnel(String name) throws Exception {
    List<TunnelView> named =
        tunnels().stream().filter(tunnel -> tunnel.name().equals(name)).toList();
    assertThat(named).as("tunnel " + name).hasSize(1);
    return named.get(0);
  }

  /** Waits until a tunnel is connected, and what belongs to its services is in place. */
  TunnelView awaitConnected(String name) throws Exception {
    Eventually.holds(
        () -> {
          assertThat(tunnel(name).state()).isEqualTo("CONNECTED");
          assertThat(tunnel(name).addresses()).isNotEmpty().doesNotContain("null");
        });
    return tunnel(name);
  }

  /** Returns Culvert's bundles in the order of their installation. */
  List<Bundle> culvert() {
    return Stream.of(context().getBundles())
        .filter(bundle -> bundle.getSymbolicName().matches("io\\.culvert\\.(api|core|kura)"))
        .sorted(Comparator.comparing(Bundle::getBundleId))
        .toList();
  }

  /** Returns one of Culvert's bundles. */
  Bundle bundle(String name) {
    return culvert().stream()
        .filter(bundle -> bundle.getSymbolicName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Prints what the framework's services have complained of, stops it, and removes the storage. */
  void close() throws Exception {
    Enumeration<?> log =
        (Enumeration<?>) Foreign.call(context(), "org.osgi.service.log.LogReaderService", "getLog");
    for (Object entry : Collections.list(log)) {
      Foreign logged = new Foreign(entry);
      if ((int) logged.call("getLevel") <= LOG_WARNING) {
        System.err.println(logged.call("getMessage"));
        Throwable cause = (Throwable) logged.call("getException");
        for (; cause != null; cause = cause.getCause()) {
          System.err.println(cause);
        }
      }
    }
    framework.stop();
    framework.waitForStop(STOP_MILLIS);
    try (Stream<Path> files = Files.walk(storage)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
