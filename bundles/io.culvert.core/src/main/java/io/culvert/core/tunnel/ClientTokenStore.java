// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.Secret;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the client token that goes with an access token, so that the access token can be used again
 * after the process was restarted: the service accepts a used one only with the same client token.
 * One file per access token, named by its SHA-256, holding the client token only. Safe for several
 * threads and processes; blocks on the file system.
 */
final class ClientTokenStore {
  /** How long a tunnel, and so its tokens, can live. */
  private static final Duration LIFETIME = Duration.ofHours(12);

  private static final Pattern CLIENT_TOKEN = Pattern.compile("[a-zA-Z0-9-]{32,128}");
  private static final String SUFFIX = ".client-token";
  private static final Logger LOG = LoggerFactory.getLogger(ClientTokenStore.class);

  private final Supplier<@Nullable Path> place;
  private final Clock clock;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * Makes a store.
   *
   * @param place tells in which folder the files are now, made when it is needed; null to keep
   *     nothing.
   * @param clock tells how old a file is.
   */
  ClientTokenStore(Supplier<@Nullable Path> place, Clock clock) {
    this.place = place;
    this.clock = clock;
  }

  /**
   * Returns the client token that was used with an access token before, else the given one, else a
   * new one; and keeps it. If it cannot be kept, that is logged and all goes on without; that there
   * is nowhere to keep what was made is logged once.
   *
   * @param accessToken the access token.
   * @param given the client token that the user gave; it goes before a kept one.
   * @return the client token.
   */
  Secret clientToken(Secret accessToken, @Nullable Secret given) {
    Secret fresh = given != null ? given : Secret.of(UUID.randomUUID().toString());
    Path folder = place.get();
    if (folder == null) {
      if (given == null && !warned.getAndSet(true)) {
        LOG.warn(
            "There is no folder for client tokens: after a restart the service will refuse access"
                + " tokens that were used before. Name a folder with state.dir of"
                + " io.culvert.TunnelManager, or with the framework property {}",
            StateFolder.PROPERTY);
      }
      return fresh;
    }
    try {
      OwnerOnly.folder(folder);
      removeOld(folder);
      Path file = folder.resolve(digest(accessToken) + SUFFIX);
      Secret kept = given != null ? null : read(file);
      if (kept != null) {
        return kept;
      }
      return write(file, fresh, given != null);
    } catch (IOException e) {
      LOG.warn(
          "The client token cannot be kept in {}: a restarted process will need {} ({})",
          folder,
          given == null ? "a new access token" : "to be given the same client token again",
          e.toString());
      return fresh;
    }
  }

  private static @Nullable Secret read(Path file) throws IOException {
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII).trim();
      return CLIENT_TOKEN.matcher(text).matches() ? Secret.of(text) : null;
    } catch (NoSuchFileException | CharacterCodingException e) {
      return null;
    }
  }

  /** Puts a whole file in place; if another process was first, its token is the one that counts. */
  private Secret write(Path file, Secret token, boolean replace) throws IOException {
    Path temporary = OwnerOnly.temporary(file);
    try {
      Files.writeString(temporary, token.reveal(), StandardCharsets.US_ASCII);
      if (!replace) {
        try {
          Files.createLink(file, temporary);
          return token;
        } catch (FileAlreadyExistsException e) {
          Secret other = read(file);
          if (other != null) {
            return other;
          }
        } catch (UnsupportedOperationException | FileSystemException e) {
          LOG.debug("No hard links here: the last of several processes wins");
        }
      }
      OwnerOnly.move(temporary, file);
      return token;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void removeOld(Path folder) throws IOException {
    Instant oldest = clock.instant().minus(LIFETIME);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        removeIfOlder(file, oldest);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void removeIfOlder(Path file, Instant oldest) throws IOException {
    try {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      LOG.trace("Removed by another process: {}", file);
    }
  }

  private static String digest(Secret token) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(token.reveal().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
