// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.app.Noise;
import io.culvert.demo.app.Pace;
import io.culvert.demo.app.ShellServer;
import io.culvert.demo.app.SshKeys;
import io.culvert.demo.app.WebServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What runs on the gateway beside Culvert and does not know of it. Closed by whoever started it.
 *
 * @param keys the keys of the SSH server and of its user.
 * @param file the large file of the web site.
 * @param pace how fast that is sent when it is asked for as {@code paced.bin}.
 */
record Applications(
    SshKeys keys,
    Noise file,
    Pace pace,
    WebServer site,
    ShellServer shell,
    WebServer blue,
    WebServer green)
    implements AutoCloseable {
  static final String BLUE = "Hello from the blue application.\n";
  static final String GREEN = "Hello from the green application.\n";
  private static final long FILE_BYTES = 100_000_000;
  private static final long PACE = 20_000_000;
  private static final long BRAKE = FILE_BYTES * 6 / 10;

  static Applications start(Path work) throws DemoException {
    SshKeys keys = SshKeys.make();
    Noise file = new Noise(2026, FILE_BYTES);
    Pace pace = new Pace(PACE, BRAKE);
    WebServer site = WebServer.site(Page.TEXT, file, pace);
    ShellServer shell = ShellServer.start(keys, work.resolve("gateway-files"));
    return new Applications(
        keys, file, pace, site, shell, WebServer.greeting(BLUE), WebServer.greeting(GREEN));
  }

  /** Returns where the services are, with one of the two applications for the greeting. */
  Map<String, String> addresses(WebServer greeting) {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put(Service.HTTP.name(), site.address());
    addresses.put(Service.SSH.name(), shell.address());
    addresses.put(Service.GREETING.name(), greeting.address());
    return addresses;
  }

  @Override
  public void close() {
    site.close();
    blue.close();
    green.close();
    shell.close();
  }
}
