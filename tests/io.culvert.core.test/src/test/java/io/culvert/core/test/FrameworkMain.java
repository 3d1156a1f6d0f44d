// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Starts a framework with all bundles of a folder, the tester last: by then the others have been
 * started. The tester ends the process.
 */
final class FrameworkMain {
  private static final String TESTER = "biz.aQute.tester.junit-platform";

  private FrameworkMain() {}

  /**
   * Starts the framework.
   *
   * @param arguments the name of the framework's {@link FrameworkFactory}, the folder for what it
   *     keeps, and the folder of the bundles.
   */
  public static void main(String[] arguments)
      throws IOException, ReflectiveOperationException, BundleException, InterruptedException {
    Framework framework =
        Class.forName(arguments[0])
            .asSubclass(FrameworkFactory.class)
            .getConstructor()
            .newInstance()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    arguments[1],
                    Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                    "2"));
    framework.init();
    for (Path file : files(Path.of(arguments[2]))) {
      Bundle bundle = framework.getBundleContext().installBundle(file.toUri().toString());
      if (bundle.getSymbolicName().equals(TESTER)) {
        bundle.adapt(BundleStartLevel.class).setStartLevel(2);
      }
      bundle.start();
    }
    framework.start();
    framework.waitForStop(0);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
