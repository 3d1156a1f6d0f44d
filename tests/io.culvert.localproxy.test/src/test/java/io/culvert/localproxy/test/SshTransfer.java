// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A file on its way out of an SSH server, in two halves: the second one is not sent before the
 * client says so. Read by a thread of its own; all waiting is bounded.
 */
final class SshTransfer implements AutoCloseable {
  private static final int BEGUN = 8 << 20;
  private static final long LIMIT_MINUTES = 5;

  private final Process ssh;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<byte[]> digest;

  private SshTransfer(Process ssh, long bytes) {
    this.ssh = ssh;
    InputStream in = new Counted(ssh.getInputStream());
    this.digest = CompletableFuture.supplyAsync(() -> read(in, bytes), SshTransfer::onThread);
  }

  /** Starts to fetch a file through an address, and waits until some of it has come. */
  static SshTransfer begin(Sshd sshd, InetSocketAddress address, Path file) throws Exception {
    long bytes = Files.size(file);
    long half = bytes / 2;
    String send = "head -c %d %s && read go && tail -c +%d %2$s".formatted(half, file, half + 1);
    String port = Integer.toString(address.getPort());
    List<String> command = sshd.command("ssh", "-p", port, address.getHostString(), send);
    Process ssh = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    SshTransfer transfer = new SshTransfer(ssh, bytes);
    try {
      CompletableFuture.anyOf(transfer.begun, transfer.digest)
          .get(Program.LIMIT_SECONDS, TimeUnit.SECONDS);
      return transfer;
    } catch (Exception e) {
      transfer.close();
      throw e;
    }
  }

  private static byte[] read(InputStream in, long bytes) {
    try {
      return Noise.digest(in, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the second half come, and returns the digest of the whole. */
  byte[] finish() throws Exception {
    assertThat(digest).as("end of the transfer").isNotDone();
    ssh.outputWriter().append("go\n").flush();
    byte[] whole = digest.get(LIMIT_MINUTES, TimeUnit.MINUTES);
    assertThat(ssh.waitFor(Program.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(ssh.exitValue()).as("exit status of ssh").isZero();
    return whole;
  }

  @Override
  public void close() {
    ssh.destroyForcibly();
  }

  private static void onThread(Runnable task) {
    Thread thread = new Thread(task, "transfer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Tells when enough has come to call it begun. */
  private final class Counted extends FilterInputStream {
    private long count;

    private Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      count += n;
      if (count >= BEGUN) {
        begun.complete(null);
      }
      return n;
    }
  }
}
