// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import io.culvert.launcher.conf.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.framework.BundleException;

/** Judges configuration files as the gateway would. */
@FunctionalInterface
public interface FileCheck {
  /**
   * Returns all that is wrong with, or odd about, some files.
   *
   * @throws IOException if there can be no temporary folder, or a bundle cannot be read.
   * @throws BundleException if a bundle does not start.
   */
  List<Finding> check(List<Path> files) throws IOException, BundleException;
}
