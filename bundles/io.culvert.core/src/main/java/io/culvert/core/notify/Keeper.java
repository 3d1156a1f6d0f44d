// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.Secret;
import io.culvert.api.SecretCipher;
import io.culvert.api.SecretDecodingException;
import io.culvert.api.TunnelSpec;
import io.culvert.core.tunnel.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tunnels of notifications across restarts, in a file that only its owner may read, where
 * their tokens are encrypted: without something that encrypts, or a place, nothing is kept. Reads
 * the file once, as soon as both are there; from then on each change is written. Its methods may be
 * called from any thread; the work is done on the worker.
 */
final class Keeper {
  static final String FILE = "notifications.json";

  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final long MAX_BYTES = 8 << 20;

  private final Supplier<@Nullable Path> place;
  private final NotifiedTunnels tunnels;
  private final Worker worker;
  private final AtomicBoolean saving = new AtomicBoolean();
  private volatile @Nullable SecretCipher cipher;
  private @Nullable Path file;
  private boolean complained;

  /**
   * Makes one that keeps nothing yet.
   *
   * @param place the folder of the file, null for none yet.
   * @param tunnels what is kept.
   * @param worker does the work.
   */
  Keeper(Supplier<@Nullable Path> place, NotifiedTunnels tunnels, Worker worker) {
    this.place = place;
    this.tunnels = tunnels;
    this.worker = worker;
  }

  /** Takes what encrypts, which may come at any time. */
  void cipher(SecretCipher next) {
    cipher = next;
    worker.run(this::begin);
  }

  /** Forgets what encrypted, unless there is another one already. */
  void noCipher(SecretCipher gone) {
    if (cipher == gone) {
      cipher = null;
    }
  }

  /** There may be a place now. */
  void placed() {
    worker.run(this::begin);
  }

  /** There are other tunnels or tokens. */
  void changed() {
    if (!saving.getAndSet(true)) {
      worker.run(this::save);
    }
  }

  private void begin() {
    SecretCipher now = cipher;
    Path folder = place.get();
    if (tunnels.isStopped() || now == null || folder == null) {
      return;
    }
    if (file == null) {
      file = folder.resolve(FILE);
      restore(file, now);
    }
    save();
  }

  private void restore(Path from, SecretCipher now) {
    KeptTunnels kept;
    try {
      if (Files.size(from) > MAX_BYTES) {
        throw new IOException("it is too long");
      }
      kept = KeptTunnels.parse(Files.readString(from, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      // The message of a JSON error may quote a line.
      LOG.warn(
          "{} cannot be read, so no tunnel of an earlier notification is opened again ({}); it is"
              + " put aside",
          from,
          e.getClass().getSimpleName());
      putAside(from);
      return;
    }
    tunnels.remember(kept.seen());
    kept.tunnels().forEach(tunnel -> reopen(tunnel, now));
  }

  private void reopen(KeptTunnels.Kept kept, SecretCipher now) {
    try {
      Secret token = now.decrypt(kept.token());
      if (!TunnelSpec.isAccessToken(token.reveal()) || !TunnelSpec.isRegion(kept.region())) {
        LOG.warn("A tunnel of an earlier notification is not opened again: what was kept is wrong");
        return;
      }
      Notification notification = new Notification(token, kept.region(), kept.services());
      String name = tunnels.reopen(notification, kept.opened(), kept.token());
      if (name != null) {
        LOG.info("{}: opened again after a restart, {}", name, Policy.describe(notification));
      }
    } catch (RefusedException e) {
      LOG.info(
          "A tunnel of an earlier notification is not opened again: that {}{}",
          e.decision().words(),
          e.reason().isEmpty() ? "" : ": " + e.reason());
    } catch (SecretDecodingException | RuntimeException e) {
      LOG.warn(
          "A tunnel of an earlier notification is not opened again: its token cannot be decrypted"
              + " ({})",
          e.getClass().getSimpleName());
    }
  }

  private static void putAside(Path file) {
    try {
      Files.move(file, file.resolveSibling(FILE + ".broken"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.debug("It stays, until it is written anew: {}", e.toString());
    }
  }

  private void save() {
    saving.set(false);
    Path to = file;
    if (to == null || tunnels.isStopped()) {
      return;
    }
    List<KeptTunnels.Kept> kept = new ArrayList<>();
    for (NotifiedTunnel tunnel : tunnels.all()) {
      String token = encrypted(tunnel);
      if (token != null) {
        Notification notification = tunnel.notification();
        kept.add(
            new KeptTunnels.Kept(
                token, notification.region(), notification.services(), tunnel.opened()));
      }
    }
    KeptTunnels all = new KeptTunnels(kept, tunnels.seen());
    try {
      OwnerOnly.folder(to.toAbsolutePath().getParent());
      if (!tunnels.isStopped()) {
        OwnerOnly.write(to, all.json());
      }
    } catch (IOException e) {
      complain(to + " cannot be written: " + e.getClass().getSimpleName());
    }
  }

  private @Nullable String encrypted(NotifiedTunnel tunnel) {
    SecretCipher now = cipher;
    if (tunnel.kept == null && now != null) {
      try {
        tunnel.kept = now.encrypt(tunnel.notification().accessToken());
      } catch (SecretDecodingException | RuntimeException e) {
        complain("a token cannot be encrypted: " + e.getClass().getSimpleName());
      }
    }
    return tunnel.kept;
  }

  private void complain(String reason) {
    if (!complained) {
      complained = true;
      LOG.warn("Tunnels of notifications are not opened again after a restart, as {}", reason);
    }
  }
}
