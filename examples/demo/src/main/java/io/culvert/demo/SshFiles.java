// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.app.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code ssh} needs to reach the demo's server without touching the user's own files. */
final class SshFiles {
  private SshFiles() {}

  /**
   * Writes key, known hosts and configuration.
   *
   * @param folder is made.
   * @return the configuration, for the option {@code -F}; the host there is {@code gateway}.
   */
  static Path write(Path folder, int port, SshKeys keys) throws DemoException {
    Path key = folder.resolve("key");
    Path known = folder.resolve("known_hosts");
    Path config = folder.resolve("config");
    try {
      Files.createDirectory(folder);
      keys.writeUserKey(key);
      Files.writeString(known, "[127.0.0.1]:" + port + " " + keys.hostLine() + "\n");
      Files.writeString(
          config,
          """
          Host gateway
            HostName 127.0.0.1
            Port %d
            User demo
            IdentityFile "%s"
            IdentitiesOnly yes
            IdentityAgent none
            UserKnownHostsFile "%s"
            GlobalKnownHostsFile /dev/null
            StrictHostKeyChecking yes
            RequestTTY no
          """
              .formatted(port, key, known));
      return config;
    } catch (IOException e) {
      throw new DemoException("cannot write the files for ssh: " + e.getMessage(), e);
    }
  }
}
