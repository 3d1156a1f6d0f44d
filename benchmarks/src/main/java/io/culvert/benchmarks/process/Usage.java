// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has used up to now, as Linux counts it. Immutable.
 *
 * @param cpuSeconds time of all its threads, in user code and in the kernel.
 * @param residentBytes its memory now (VmRSS).
 * @param peakBytes its largest memory ever (VmHWM).
 */
public record Usage(double cpuSeconds, long residentBytes, long peakBytes) {
  /** What {@code /proc} counts in, on every Linux. */
  private static final double TICKS_PER_SECOND = 100;

  /** Where user and kernel time are, counted from what follows the name of the program. */
  private static final int USER_TICKS = 11;

  private static final int KERNEL_TICKS = 12;
  private static final int KIB = 1024;

  /**
   * Reads the usage of a process that runs.
   *
   * @throws IOException if it does not run, or this is no Linux.
   */
  public static Usage of(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid));
    return parse(
        Files.readString(folder.resolve("stat")), Files.readAllLines(folder.resolve("status")));
  }

  static Usage parse(String stat, List<String> status) throws IOException {
    // The name stands in brackets and may hold anything, brackets included.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[KERNEL_TICKS]);
    return new Usage(
        ticks / TICKS_PER_SECOND, kibibytes("VmRSS:", status), kibibytes("VmHWM:", status));
  }

  private static long kibibytes(String name, List<String> status) throws IOException {
    for (String line : status) {
      if (line.startsWith(name)) {
        return KIB * Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
      }
    }
    throw new IOException("the process has ended: its status has no " + name);
  }
}
