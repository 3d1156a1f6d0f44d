// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.folder;

import com.sun.security.auth.module.UnixSystem;
import io.culvert.emulator.tls.ThrowawayCertificates;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one running emulator. Whoever has it open holds a lock on it, which the system
 * takes back when the process ends, however it ends. Not safe for several threads.
 */
public final class EmulatorFolder implements AutoCloseable {
  private static final String RUNNING = "emulator.json";
  private static final String LOCK = "emulator.lock";

  private final Path path;
  private final FileChannel lockFile;

  private EmulatorFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Returns {@code $XDG_STATE_HOME/culvert-emulator}, or {@code ~/.local/state/culvert-emulator} if
   * the variable holds no absolute path.
   *
   * @param environment the environment variables.
   * @param home the home folder if the environment names none.
   * @return the folder, which need not exist.
   */
  public static Path ofUser(Map<String, String> environment, String home) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    if (isAbsolute(state)) {
      return Path.of(state, "culvert-emulator");
    }
    String user = environment.getOrDefault("HOME", "");
    return Path.of(isAbsolute(user) ? user : home, ".local", "state", "culvert-emulator");
  }

  private static boolean isAbsolute(String path) {
    try {
      return !path.isEmpty() && Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * Opens a folder, and makes it if there is none, for this user only.
   *
   * @param folder the folder.
   * @return it, locked, and without a trace of an emulator that was killed.
   * @throws FolderException if it cannot be used, or another emulator does.
   */
  public static EmulatorFolder open(Path folder) throws FolderException {
    Path path = folder.toAbsolutePath().normalize();
    try {
      make(path);
      EmulatorFolder opened = new EmulatorFolder(path, lock(path));
      try {
        AtomicFile.removeDrafts(path);
        opened.withdraw();
      } catch (IOException e) {
        opened.close();
        throw e;
      }
      return opened;
    } catch (FolderException e) {
      throw e;
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static void make(Path path) throws IOException {
    if (!AtomicFile.isPosix(path)) {
      Files.createDirectories(path);
      return;
    }
    if (Files.isDirectory(path)) {
      if (!Files.getAttribute(path, "unix:uid").equals((int) new UnixSystem().getUid())) {
        throw new FolderException(
            "--folder '" + path + "': belongs to another user; it must be yours alone");
      }
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
      if (mode.contains(PosixFilePermission.GROUP_WRITE)
          || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new FolderException(
            "--folder '" + path + "': other users may write there; it must be yours alone");
      }
      return;
    }
    Files.createDirectories(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel file =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      throw inUse(path, e);
    } finally {
      if (lock == null) {
        file.close();
      }
    }
    if (lock == null) {
      throw inUse(path, null);
    }
    return file;
  }

  private static FolderException inUse(Path path, @Nullable Throwable cause) {
    String text = "--folder '" + path + "': another emulator uses it; stop that or choose another";
    return cause == null ? new FolderException(text) : new FolderException(text, cause);
  }

  /**
   * Reads where the emulator of a folder is.
   *
   * @param folder the folder.
   * @return what the emulator has written there; it may have been killed since.
   * @throws FolderException if no emulator is running there.
   */
  public static RunningEmulator running(Path folder) throws FolderException {
    Path file = folder.toAbsolutePath().normalize().resolve(RUNNING);
    try {
      return RunningEmulator.ofJson(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new FolderException(
          "no emulator is running on '" + file.getParent() + "' (see --folder)", e);
    } catch (IOException e) {
      throw new FolderException("cannot read '" + file + "': " + e.getMessage(), e);
    }
  }

  /** Returns the folder's path, absolute. */
  public Path path() {
    return path;
  }

  /**
   * Returns the certificates that are kept here, new ones if there are none.
   *
   * @throws FolderException if they cannot be written.
   */
  public ThrowawayCertificates certificates() throws FolderException {
    try {
      return new KeptCertificates(path, Clock.systemUTC()).loadOrMake();
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** Returns the file with the certificate that clients have to trust. */
  public Path authorityFile() {
    return new KeptCertificates(path, Clock.systemUTC()).authorityFile();
  }

  /**
   * Tells others where the emulator is.
   *
   * @throws FolderException if that cannot be written.
   */
  public void publish(RunningEmulator emulator) throws FolderException {
    try {
      AtomicFile.write(path.resolve(RUNNING), emulator.toJson(), AtomicFile.OWNER_ONLY);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /**
   * Takes back what was published.
   *
   * @throws FolderException if that is not possible.
   */
  public void withdraw() throws FolderException {
    try {
      Files.deleteIfExists(path.resolve(RUNNING));
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** Gives the folder back. */
  @Override
  public void close() throws FolderException {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static FolderException unusable(Path path, IOException cause) {
    return new FolderException("--folder '" + path + "': cannot be used: " + cause, cause);
  }
}
