// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import io.culvert.api.Configurations;
import io.culvert.launcher.conf.CheckedFiles;
import io.culvert.launcher.conf.ConfCheck;
import io.culvert.launcher.conf.ConfJudge;
import io.culvert.launcher.conf.Finding;
import io.culvert.launcher.framework.FrameworkHost;
import io.culvert.launcher.framework.FrameworkSettings;
import io.culvert.launcher.framework.Interpolation;
import io.culvert.launcher.log.Log;
import io.culvert.launcher.process.PrivateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleException;

/**
 * Checks files with the bundles of the gateway, in a framework in which the application does not
 * start: so nothing is connected, opened or kept. For one use by one thread.
 */
final class Checker {
  private static final int SILENT = 0;
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private final GatewayFolders folders;

  /**
   * Makes one.
   *
   * @param folders where the bundles and the secrets are.
   */
  Checker(GatewayFolders folders) {
    this.folders = folders;
  }

  /**
   * Checks files.
   *
   * @return all that is wrong with, or odd about, them.
   * @throws IOException if there can be no temporary folder, or a bundle cannot be read.
   * @throws BundleException if a bundle does not start.
   */
  List<Finding> check(CheckedFiles files) throws IOException, BundleException {
    Log.start(SILENT, System.err); // what the bundles have to say is found again in the findings
    try (PrivateFolder storage = PrivateFolder.create(TEMPORARY);
        FrameworkHost host = FrameworkHost.start(settings(storage))) {
      host.installGuests(folders.deploy());
      ConfCheck check =
          new ConfCheck(
              new ConfJudge(
                  host.placeholders(),
                  host.unstarted(Configurations.class),
                  host.context()::getProperty),
              host.knownPids(),
              folders.secrets(),
              files);
      return check.check();
    }
  }

  private FrameworkSettings settings(PrivateFolder storage) {
    Map<String, String> properties = new HashMap<>(Interpolation.properties(folders.secrets()));
    properties.put("felix.cm.pm", "memory");
    return new FrameworkSettings(
        folders.bundles(),
        // A folder within: the framework may make its storage itself, for all to read.
        storage.path().resolve("framework"),
        List.of(FrameworkSettings.API),
        properties);
  }
}
