// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.feature.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.ID;

/**
 * Felix with the bundles of a feature and nothing else: all are installed, then all are started, in
 * the feature's order. To be closed.
 */
final class FeatureLaunch implements AutoCloseable {
  private static final long LIMIT_MILLIS = 60_000;

  private final Framework framework;
  private final List<Bundle> bundles = new ArrayList<>();

  /**
   * Starts Felix.
   *
   * @param feature names the bundles.
   * @param repository where they are, in Maven's order.
   * @param storage what the framework keeps.
   */
  FeatureLaunch(Feature feature, Path repository, Path storage) throws BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
    framework.start();
    for (FeatureBundle bundle : feature.getBundles()) {
      Path file = repository.resolve(path(bundle.getID()));
      bundles.add(framework.getBundleContext().installBundle(file.toUri().toString()));
    }
    for (Bundle bundle : bundles) {
      bundle.start();
    }
  }

  /** Returns the bundles of the feature, in its order. */
  List<Bundle> bundles() {
    return List.copyOf(bundles);
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** Stops Felix and waits for its end. */
  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(LIMIT_MILLIS);
  }

  private static String path(ID id) {
    return String.join(
        "/",
        id.getGroupId().replace('.', '/'),
        id.getArtifactId(),
        id.getVersion(),
        id.getArtifactId() + "-" + id.getVersion() + ".jar");
  }
}
