// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.client;

import io.culvert.demo.app.Noise;
import io.culvert.demo.app.SshKeys;
import io.culvert.demo.display.Progress;
import io.culvert.demo.display.Transfer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.scp.client.DefaultScpClientCreator;

/**
 * Uses the SSH server behind the tunnel, in a new session each time, with the demo's key alone. It
 * has threads of its own until it is closed, and may be called from any.
 */
public final class ShellClient implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration LONGEST_END = Duration.ofSeconds(3);

  private final SshClient client = SshClient.setUpDefaultClient();
  private final SshKeys keys;

  /** Starts without a connection; files of the user, such as known hosts, are not read. */
  public ShellClient(SshKeys keys) {
    this.keys = keys;
    client.setServerKeyVerifier(
        (session, address, key) -> KeyUtils.compareKeys(key, keys.host().getPublic()));
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.start();
  }

  /** Runs a command at the other end and returns what it prints. */
  public String run(int port, String command) throws IOException {
    try (ClientSession session = login(port)) {
      return session.executeRemoteCommand(command, System.err, StandardCharsets.UTF_8);
    }
  }

  /**
   * Opens a session and leaves it alone.
   *
   * @return completes when it ends.
   */
  public CompletableFuture<Void> stay(int port) throws IOException {
    CompletableFuture<Void> end = new CompletableFuture<>();
    login(port).addCloseFutureListener(closed -> end.complete(null));
    return end;
  }

  /**
   * Copies a file to the other end with SCP.
   *
   * @param arrived where it must be afterwards.
   */
  public Transfer copy(int port, Noise file, Path arrived, Progress progress) throws IOException {
    long begun = System.nanoTime();
    try (ClientSession session = login(port);
        NoiseStream content = new NoiseStream(file, progress)) {
      DefaultScpClientCreator.INSTANCE
          .createScpClient(session)
          .upload(
              content,
              arrived.getFileName().toString(),
              file.length(),
              PosixFilePermissions.fromString("rw-------"),
              null);
    }
    Duration time = Duration.ofNanos(System.nanoTime() - begun);
    boolean intact = Digest.of(arrived).equals(file.sha256());
    return new Transfer("file over SSH", file.length(), time, intact);
  }

  private ClientSession login(int port) throws IOException {
    ClientSession session = client.connect("demo", "127.0.0.1", port).verify(LONGEST).getSession();
    try {
      session.addPublicKeyIdentity(keys.user());
      session.auth().verify(LONGEST);
      return session;
    } catch (IOException e) {
      session.close(true);
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      client.close(true).await(LONGEST_END);
    } catch (IOException e) {
      throw new UncheckedIOException("the SSH client does not end", e);
    }
  }
}
