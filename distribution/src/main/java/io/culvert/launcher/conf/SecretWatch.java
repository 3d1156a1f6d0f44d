// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.launcher.log.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Watches the folder of the files that placeholders such as {@code $[secret:NAME]} name. When one
 * changes, the configurations that use it are handed to their components once more, with what it
 * holds now. For one thread at a time.
 */
public final class SecretWatch {
  private final Path folder;
  private final ConfStore store;
  private final Consumer<String> changed;
  private final FolderScan scan;
  private final ConfTroubles troubles;

  /**
   * Makes one that has done nothing yet.
   *
   * @param folder the folder; files in folders within are not watched.
   * @param admin keeps the configurations.
   * @param changed is told the names of files that come, change or go.
   */
  public SecretWatch(Path folder, ConfigurationAdmin admin, Consumer<String> changed) {
    this.folder = folder;
    this.store = new ConfStore(admin);
    this.changed = changed;
    this.scan = new FolderScan(folder);
    this.troubles = new ConfTroubles(folder);
  }

  /**
   * Begins to watch.
   *
   * @throws IOException if the folder cannot be read.
   */
  public void start() throws IOException {
    scan.first();
    troubles.cannotSee(scan.unreadable());
  }

  /** Hands over again what uses a secret that has changed since the last time. */
  public void refresh() {
    try {
      FolderChanges changes = scan.next();
      troubles.cannotSee(scan.unreadable());
      changes.gone().forEach(name -> handOverAgain(name, "gone"));
      changes.changed().forEach(name -> handOverAgain(name, "changed"));
      troubles.over(ConfTroubles.FOLDER);
    } catch (IOException e) {
      troubles.cannotRead(e);
    }
  }

  private void handOverAgain(String name, String why) {
    Path file = folder.resolve(name);
    try {
      List<Configuration> using = store.using(name);
      if (!using.isEmpty()) {
        SecretFiles.exposed(file).map(Finding::brief).ifPresent(Log::warning);
      }
      for (Configuration configuration : using) {
        configuration.update(configuration.getProperties());
        Log.info(file + ": " + why + "; " + configuration.getPid() + " is handed over again");
      }
      changed.accept(name);
      troubles.over(name);
    } catch (IOException e) {
      troubles.cannotApply(name, e);
      scan.reportAgain(name);
    } catch (RuntimeException e) {
      troubles.cannotApply(name, e);
    }
  }
}
