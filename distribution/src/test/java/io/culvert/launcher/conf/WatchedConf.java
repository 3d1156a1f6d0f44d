// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.launcher.framework.KnownPids;
import io.culvert.launcher.log.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A folder of configurations that is watched, and all that this does and says. */
final class WatchedConf {
  static final String TOKEN = "s3cret-acce55-token";

  private static final KnownPids KNOWN =
      new KnownPids(
          new TreeSet<>(Set.of("io.culvert.StreamBridge", "io.culvert.TunnelManager")),
          new TreeSet<>(Set.of("io.culvert.Tunnel")),
          Map.of("io.culvert.Tunnel", Set.of("access.token")));

  private final Path folder;
  private final Path state;
  private final FakeComponents components = new FakeComponents();
  private final FakeConfigurations admin = new FakeConfigurations();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private Verdicts verdicts;
  private ConfFolder conf;

  private WatchedConf(Path folder, Path state) throws IOException {
    this.folder = folder;
    this.state = state;
    this.verdicts = new Verdicts(admin.service());
    this.conf = open();
  }

  /**
   * Starts with the file of a tunnel {@code b}, and forgets what that does.
   *
   * @param parent an empty folder.
   */
  static WatchedConf start(Path parent) throws IOException {
    WatchedConf watched =
        new WatchedConf(
            Files.createDirectory(parent.resolve("conf")),
            Files.createDirectory(parent.resolve("state")));
    Log.start(4, new PrintStream(watched.log, true, UTF_8));
    watched.write("b", TOKEN);
    watched.restart();
    watched.admin.calls().clear();
    watched.forgetLines();
    return watched;
  }

  /** As when the gateway starts again. */
  void restart() throws IOException {
    verdicts = new Verdicts(admin.service());
    conf = open();
    conf.start();
    conf.checkPids();
  }

  private ConfFolder open() throws IOException {
    return new ConfFolder(
        folder,
        Optional.of(state.resolve("secrets")),
        state.resolve("applied"),
        admin.service(),
        new ConfJudge(
            (reference, properties) -> admin.replaceIn(properties),
            Optional.of(components),
            name -> null),
        verdicts,
        () -> KNOWN);
  }

  /** Looks once. */
  void look() {
    conf.refresh();
  }

  /** Changes count when two looks agree. */
  void settle() {
    look();
    look();
  }

  void judgeAnew(String secret) {
    conf.judgeAnew(secret);
  }

  /** Gives a placeholder a value. */
  void replace(String placeholder, String value) {
    admin.replace(placeholder, value);
  }

  int countRefused() {
    return conf.countRefused();
  }

  /** Tells what the component makes of the configuration that it has. */
  void accepted(String pid) {
    verdicts.changed(
        new ConfigurationStatus(pid, ConfigurationState.ACCEPTED, List.of(), List.of()));
  }

  Path folder() {
    return folder;
  }

  /** Returns the folder in which {@code applied} tells what was applied. */
  Path state() {
    return state;
  }

  /** Returns the file of a tunnel. */
  Path file(String name) {
    return folder.resolve("io.culvert.Tunnel~%s.cfg.json".formatted(name));
  }

  /** Writes the file of a tunnel, for its owner only. */
  void write(String name, String token) throws IOException {
    Files.writeString(file(name), "{\"access.token\": \"" + token + "\"}");
    Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-------"));
  }

  FakeConfigurations admin() {
    return admin;
  }

  FakeComponents components() {
    return components;
  }

  List<String> lines() {
    return log.toString(UTF_8).lines().toList();
  }

  void forgetLines() {
    log.reset();
  }
}
