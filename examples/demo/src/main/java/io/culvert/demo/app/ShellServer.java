// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.app;

import io.culvert.demo.DemoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.scp.server.ScpCommandFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * An SSH server on localhost, on a port of the system's choice. It lets in whoever has the demo's
 * key, runs commands and shells as the user who runs the demo, and copies files from and to one
 * folder. It has threads of its own until it is closed.
 */
public final class ShellServer implements AutoCloseable {
  private static final Duration LONGEST_END = Duration.ofSeconds(3);

  /**
   * A library in Java has no terminal to give to a shell, hence no job control. The client's side
   * echoes and edits what is typed if it asks for no terminal, as the demo's configuration says.
   */
  private static final String SHELL = "PS1='gateway$ ' exec /bin/sh +m -i";

  private final SshServer server;
  private final Path files;

  private ShellServer(SshServer server, Path files) {
    this.server = server;
    this.files = files;
  }

  /**
   * Starts the server.
   *
   * @param files the folder that copied files are in; it is made if it is not there.
   */
  public static ShellServer start(SshKeys keys, Path files) throws DemoException {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(keys.host()));
    server.setPasswordAuthenticator(null);
    server.setPublickeyAuthenticator(
        (user, key, session) -> KeyUtils.compareKeys(key, keys.user().getPublic()));
    server.setCommandFactory(
        new ScpCommandFactory.Builder().withDelegate(new ProcessShellCommandFactory()).build());
    server.setShellFactory(new ProcessShellFactory(SHELL, "/bin/sh"));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.setFileSystemFactory(new VirtualFileSystemFactory(files));
    try {
      Files.createDirectories(files);
      server.start();
    } catch (IOException e) {
      throw new DemoException("the SSH server cannot be started: " + e.getMessage(), e);
    }
    return new ShellServer(server, files);
  }

  /** Returns host and port. */
  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /** Returns the folder that copied files are in. */
  public Path files() {
    return files;
  }

  @Override
  public void close() {
    try {
      server.close(true).await(LONGEST_END);
    } catch (IOException e) {
      throw new UncheckedIOException("the SSH server does not end", e);
    }
  }
}
