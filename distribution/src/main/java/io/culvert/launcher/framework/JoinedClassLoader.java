// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.framework;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Finds what any of several bundles has; a class is that of the first one that knows it. Those that
 * are not resolved have nothing. Safe for all threads.
 */
final class JoinedClassLoader extends ClassLoader {
  private final List<ClassLoader> bundles;

  JoinedClassLoader(List<Bundle> bundles) {
    super(ClassLoader.getPlatformClassLoader());
    this.bundles =
        bundles.stream()
            .map(bundle -> bundle.adapt(BundleWiring.class))
            .filter(Objects::nonNull)
            .map(BundleWiring::getClassLoader)
            .toList();
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    for (ClassLoader bundle : bundles) {
      try {
        return bundle.loadClass(name);
      } catch (ClassNotFoundException e) {
        // The next one may know it.
      }
    }
    throw new ClassNotFoundException(name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    List<URL> found = new ArrayList<>();
    for (ClassLoader bundle : bundles) {
      found.addAll(Collections.list(bundle.getResources(name)));
    }
    return Collections.enumeration(found);
  }
}
