// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sign that a process uses a folder: a lock on a file in it, which the system drops when the
 * process ends in whatever way. Thread-safe.
 */
final class FolderLock implements AutoCloseable {
  private static final Set<OpenOption> EXISTING =
      Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder unless somebody holds it. The file is made if it is not there.
   *
   * @param folder the folder.
   * @param name the name of the lock file, which tells whose kind of folder it is.
   * @throws IOException if the file cannot be made, opened or locked.
   */
  static Optional<FolderLock> take(Path folder, String name) throws IOException {
    return take(folder.resolve(name), CREATE);
  }

  /**
   * Takes the lock of a folder if it has a lock file that nobody holds.
   *
   * @param folder the folder.
   * @param name the name of the lock file.
   * @throws IOException if there is no such file, or it cannot be opened or locked.
   */
  static Optional<FolderLock> takeExisting(Path folder, String name) throws IOException {
    return take(folder.resolve(name), EXISTING);
  }

  private static Optional<FolderLock> take(Path file, Set<OpenOption> how) throws IOException {
    FileChannel channel = FileChannel.open(file, how);
    FolderLock lock = null;
    try {
      FileLock held = tryLock(channel);
      // Whoever held it before may have deleted the folder since the file was opened.
      if (held != null && Files.exists(file)) {
        lock = new FolderLock(channel);
      }
      return Optional.ofNullable(lock);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this process
    }
  }

  /** Writes down who holds the lock, for people to read. */
  void sign() throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(US_ASCII)), 0);
  }

  /** Reads who signed the lock of a folder last. */
  static Optional<String> holder(Path folder, String name) {
    try {
      String text = Files.readString(folder.resolve(name), US_ASCII).strip();
      return Optional.of(text).filter(pid -> pid.matches("\\d{1,18}"));
    } catch (IOException e) {
      return Optional.empty(); // only a hint: locked files cannot be read on every system
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
