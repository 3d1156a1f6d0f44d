// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.api.ConfigurationStatus;
import io.culvert.launcher.framework.KnownPids;
import io.culvert.launcher.log.Log;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Keeps ConfigAdmin as the files of a folder say. What cannot be used is said in one line, and the
 * last good configuration stays. For one thread at a time.
 */
public final class ConfFolder {
  private final Path folder;
  private final Optional<Path> secrets;
  private final AppliedFiles applied;
  private final ConfStore store;
  private final ConfJudge judge;
  private final Verdicts verdicts;
  private final Meanwhile meanwhile;
  private final FolderScan scan;
  private final ConfTroubles troubles;
  private final TunnelTwins twins;
  private final KnownPidsSource known;
  private final HandedOver handedOver = new HandedOver();
  private final RefusedFiles refused = new RefusedFiles();

  /**
   * Files with a configuration of theirs, also while it cannot be written that they were applied.
   */
  private final SortedSet<String> owners;

  private boolean starting;

  /**
   * Makes one that has done nothing yet.
   *
   * @param folder the folder.
   * @param secrets the folder of the files that placeholders name, if there is one.
   * @param applied a file that keeps what was applied over restarts; need not be there.
   * @param admin keeps the configurations.
   * @param judge tells which files the components would refuse; these are not handed over.
   * @param verdicts is told of the files.
   * @param known tells what can be configured, as of now.
   * @throws IOException if what was applied cannot be read.
   */
  public ConfFolder(
      Path folder,
      Optional<Path> secrets,
      Path applied,
      ConfigurationAdmin admin,
      ConfJudge judge,
      Verdicts verdicts,
      KnownPidsSource known)
      throws IOException {
    this.folder = folder;
    this.secrets = secrets;
    this.applied = AppliedFiles.read(applied);
    this.owners = this.applied.names();
    this.judge = judge;
    this.verdicts = verdicts;
    this.known = known;
    this.store = new ConfStore(admin);
    this.twins = new TunnelTwins(store, judge, owners);
    this.meanwhile = new Meanwhile(this.applied, store, judge);
    this.scan = new FolderScan(folder);
    this.troubles = new ConfTroubles(folder);
  }

  /**
   * Applies the files whose content was not applied before, and deletes the configurations of files
   * that have gone since the last run.
   *
   * @throws IOException if the folder cannot be read, or ConfigAdmin cannot write.
   */
  public void start() throws IOException {
    Set<String> files = scan.first();
    troubles.cannotSee(scan.unreadable());
    for (String file : applied.names()) {
      if (!files.contains(file)) {
        forget(file);
      }
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
      judgeTwinsAnew();
      troubles.over(ConfTroubles.FOLDER);
    } catch (IOException e) {
      troubles.cannotRead(e);
    }
  }

  /** Looks once more at the files that were refused and name a secret: it may be there now. */
  public void judgeAnew(String secret) {
    refused.naming(secret).forEach(scan::reportAgain);
  }

  /** Looks once more at tunnels that have come to stand in nobody's way. */
  private void judgeTwinsAnew() throws IOException {
    for (ConfFile twin : refused.twins()) {
      if (twins.complaint(twin).isEmpty()) {
        scan.reportAgain(twin.name().file());
      }
    }
  }

  /**
   * Says of the files that were handed over since the last time that they were, unless a component
   * will, or that they configure nothing. To be called after {@link #start()} when all bundles are
   * there.
   *
   * @throws IOException if a bundle cannot be read.
   */
  public void checkPids() throws IOException {
    handedOver.say(known);
  }

  /**
   * Counts the configurations of a factory, of whatever origin.
   *
   * @throws IOException if ConfigAdmin cannot read.
   */
  public int count(String factoryPid) throws IOException {
    return store.count(factoryPid);
  }

  /** Counts the files that are refused as they are. */
  public int countRefused() {
    return refused.size();
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
        Log.warning(path + ": " + ConfName.MISNAMED_FILE);
      }
      return;
    }
    try {
      read(path, name.get());
      troubles.over(file);
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
    refused.remove(file);
    try {
      forget(file);
      troubles.over(file);
    } catch (IOException e) {
      troubles.cannotApply(file, e);
      scan.reportAgain(file);
    } catch (RuntimeException e) {
      troubles.cannotApply(file, e);
    }
  }

  private void forget(String file) throws IOException {
    Optional<ConfName> name = ConfName.parse(file);
    if (name.isPresent() && owners.contains(file)) {
      verdicts.remove(name.get());
      store.delete(name.get());
      applied.remove(file);
      owners.remove(file);
      Log.info(folder.resolve(file) + ": gone; its configuration is deleted");
    }
  }

  private void read(Path path, ConfName name) throws IOException {
    KnownPids pids = known.get();
    try {
      put(path, name, pids);
    } catch (ConfException e) {
      refused.putBroken(name);
      applied.version(name.file()).ifPresent(good -> verdicts.spoil(path, name, good));
      Log.error(path + ": " + e.getMessage() + "; " + meanwhile.insteadOf(name, pids));
    }
  }

  private void put(Path path, ConfName name, KnownPids pids) throws IOException, ConfException {
    PidCheck.check(name, pids);
    ConfFile file = ConfFile.read(path, name);
    SecretFiles.exposed(file, pids, secrets).stream().map(Finding::brief).forEach(Log::warning);
    if (applied.holds(file) && !takeBack(file)) {
      goOnWith(file);
    } else {
      judge(file, pids);
    }
  }

  /** What a component would refuse must not take the place of its last good configuration. */
  private void judge(ConfFile file, KnownPids pids) throws IOException {
    ConfName name = file.name();
    Optional<ConfigurationStatus> refusal = judge.refusal(file);
    Optional<String> complaint = twins.complaint(file);
    if (refusal.isPresent()) {
      refused.putWrong(file);
      verdicts.refused(file, refusal.get(), meanwhile.insteadOf(name, pids));
    } else if (complaint.isPresent()) {
      refused.putTwin(file);
      String instead = meanwhile.insteadOf(name, pids);
      Log.warning(file.path() + ": not in force, " + instead + ": " + complaint.get());
    } else {
      refused.remove(name.file());
      handOver(file);
      return;
    }
    applied.version(name.file()).ifPresent(it -> verdicts.spoil(file.path(), name, it));
  }

  /**
   * Takes a configuration back that was in force before a start and cannot be any more, as a secret
   * has gone or has become that of another tunnel. What other tools have configured stays.
   *
   * @return whether it was taken back; the file is to be judged as a new one then.
   */
  private boolean takeBack(ConfFile file) throws IOException {
    ConfName name = file.name();
    if (!starting
        || !store.get(name.fullPid()).filter(it -> ConfStore.same(it, file.values())).isPresent()
        || judge.refusal(file).isEmpty() && twins.complaintOfEarlier(file).isEmpty()) {
      return false;
    }
    applied.remove(name.file());
    store.delete(name);
    owners.remove(name.file());
    return true;
  }

  private void handOver(ConfFile file) throws IOException {
    owners.add(file.name().file());
    verdicts.put(file);
    if (store.put(file.name(), file.values()) || starting) {
      handedOver.put(file);
    }
    applied.put(file);
  }

  /** The content was applied before; what other tools did since counts more. */
  private void goOnWith(ConfFile file) throws IOException {
    boolean wasRefused = refused.remove(file.name().file());
    verdicts.put(file);
    Optional<Map<String, Object>> now = store.get(file.name().fullPid());
    if (now.isEmpty() || !ConfStore.same(now.get(), file.values())) {
      Log.info(
          file.path()
              + ": another tool has "
              + (now.isPresent() ? "changed" : "deleted")
              + " its configuration since, and that stays; to make the file count again, change it");
    } else if (wasRefused) {
      Log.info(file.path() + ": again as it was; its configuration has stayed");
    } else if (starting) {
      handedOver.put(file);
    }
  }
}
