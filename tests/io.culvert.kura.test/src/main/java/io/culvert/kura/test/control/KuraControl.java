// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What a gateway's owner does in Kura's Web UI. A service of the bundle that plays Kura. Components
 * are named by their {@code kura.service.pid}. Safe for all threads; waits are bounded.
 */
public interface KuraControl {
  /**
   * Installs or updates a package, and again at each start.
   *
   * @param file the package.
   * @throws DeploymentFailedException if it is refused; what was there before stays.
   */
  void install(Path file) throws DeploymentFailedException, IOException;

  /** Removes a package for good. */
  void uninstall(String name) throws DeploymentFailedException, IOException;

  /** Tells whether the packages of the last start are installed again. */
  boolean isSettled();

  /** Returns the packages that are installed, with their versions. */
  Map<String, String> packages();

  /** Returns the components in the list. */
  Set<String> components();

  /** Returns the factories of which instances can be made. */
  Set<String> factories();

  /** Returns a listed component's configuration as it is kept, passwords encrypted. */
  Map<String, Object> configuration(String component) throws IOException;

  /**
   * Changes some values of a component's configuration, when it has all earlier ones, and waits
   * until it has them.
   */
  void update(String component, Map<String, Object> values)
      throws IOException, InterruptedException;

  /** Makes an instance of a factory and waits until it is there. */
  void create(String factory, String component, Map<String, Object> first)
      throws IOException, InterruptedException;

  /** Deletes an instance of a factory. */
  void delete(String component) throws IOException;

  /** Encrypts a password as this gateway does. */
  String encrypt(String clear);
}
