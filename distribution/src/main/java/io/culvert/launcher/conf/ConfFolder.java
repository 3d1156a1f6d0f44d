// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.launcher.framework.KnownPids;
import io.culvert.launcher.log.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Keeps ConfigAdmin as the files of a folder say. What cannot be used is said in one line, and the
 * last good configuration stays. For one thread at a time.
 */
public final class ConfFolder {
  private static final int MAX_BYTES = 1 << 20;

  private final Path folder;
  private final ConfStore store;
  private final FolderScan scan;
  private final ConfTroubles troubles;
  private final TunnelTokens tokens = new TunnelTokens();
  private final KnownPidsSource known;
  private final SortedMap<String, ConfName> unchecked = new TreeMap<>();
  private boolean starting;

  /**
   * Makes one that has done nothing yet.
   *
   * @param folder the folder.
   * @param admin keeps the configurations.
   * @param known tells what can be configured, as of now.
   */
  public ConfFolder(Path folder, ConfigurationAdmin admin, KnownPidsSource known) {
    this.known = known;
    this.folder = folder;
    this.store = new ConfStore(admin);
    this.scan = new FolderScan(folder);
    this.troubles = new ConfTroubles(folder);
  }

  /**
   * Applies all files, and deletes the configurations of files that have gone since the last run.
   *
   * @throws IOException if the folder cannot be read, or ConfigAdmin cannot write.
   */
  public void start() throws IOException {
    Set<String> files = scan.first();
    troubles.cannotSee(scan.unreadable());
    for (String gone : store.retain(files)) {
      Log.info(gone + " is gone, so its configuration is deleted");
    }
    starting = true;
    files.forEach(this::apply);
    starting = false;
  }

  /** Applies what has changed since the last time. */
  public void refresh() {
    try {
      FolderChanges changes = scan.next();
      troubles.cannotSee(scan.unreadable());
      // First what goes: a file that has another name now must not meet its former self.
      changes.gone().forEach(this::delete);
      changes.changed().forEach(this::apply);
      checkPids();
      troubles.over(ConfTroubles.FOLDER);
    } catch (IOException e) {
      troubles.cannotRead(e);
    }
  }

  /**
   * Says which of the files that were applied since the last time configure nothing. To be called
   * after {@link #start()} when all bundles are there.
   *
   * @throws IOException if a bundle cannot be read.
   */
  public void checkPids() throws IOException {
    if (unchecked.isEmpty()) {
      return;
    }
    KnownPids pids = known.get();
    unchecked.forEach(
        (file, name) ->
            PidCheck.doubt(name, pids)
                .ifPresent(doubt -> Log.warning(folder.resolve(file) + ": " + doubt)));
    unchecked.clear();
  }

  /**
   * Counts the configurations of a factory, of whatever origin.
   *
   * @throws IOException if ConfigAdmin cannot read.
   */
  public int count(String factoryPid) throws IOException {
    return store.count(factoryPid);
  }

  /** Tells what can be configured. */
  @FunctionalInterface
  public interface KnownPidsSource {
    /**
     * Reads what the bundles say.
     *
     * @throws IOException if a bundle cannot be read.
     */
    KnownPids get() throws IOException;
  }

  private void apply(String file) {
    Path path = folder.resolve(file);
    Optional<ConfName> name = ConfName.parse(file);
    if (name.isEmpty()) {
      if (ConfName.isMisnamed(file)) {
        Log.warning(path + ": is not read; a name must be PID.cfg.json or PID~NAME.cfg.json");
      }
      return;
    }
    try {
      put(path, name.get());
      troubles.over(file);
    } catch (ConfException e) {
      troubles.over(file);
      Log.error(path + ": " + e.getMessage() + "; what was configured before stays");
    } catch (NoSuchFileException e) {
      return; // gone in between: the next look finds that
    } catch (IOException e) {
      troubles.cannotApply(file, e);
      scan.reportAgain(file);
    } catch (RuntimeException e) {
      troubles.cannotApply(file, e);
    }
  }

  private void delete(String file) {
    Optional<ConfName> name = ConfName.parse(file);
    if (name.isEmpty()) {
      return;
    }
    try {
      tokens.remove(file);
      store.delete(name.get());
      troubles.over(file);
      Log.info(folder.resolve(file) + ": gone; its configuration is deleted");
    } catch (IOException e) {
      troubles.cannotApply(file, e);
      scan.reportAgain(file);
    } catch (RuntimeException e) {
      troubles.cannotApply(file, e);
    }
  }

  private void put(Path path, ConfName name) throws IOException, ConfException {
    PidCheck.check(name, known.get());
    Map<String, Object> values = ConfReader.read(text(path));
    Optional<String> exposed = SecretFiles.exposed(path, values);
    if (exposed.isPresent()) {
      Log.warning(
          path
              + ": every user of this machine can read its "
              + exposed.get()
              + "; chmod o-r mends it");
    }
    tokens
        .put(name, values)
        .ifPresent(
            twin ->
                Log.warning(
                    path
                        + " and "
                        + twin
                        + " have the same access token, which is good for one tunnel only: delete"
                        + " one of them"));
    if (store.put(name, values) || starting) {
      Log.info(path + ": applied");
      unchecked.put(name.file(), name);
    }
  }

  private static String text(Path path) throws IOException, ConfException {
    try (var in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ConfException("is larger than 1 MiB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ConfException("is not UTF-8 text");
    } catch (AccessDeniedException e) {
      throw new ConfException("this user may not read it");
    }
  }
}
