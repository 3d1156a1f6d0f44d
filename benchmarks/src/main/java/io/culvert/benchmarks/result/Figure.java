// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What a cell can say in a number. Its key is the name in the file of results. */
public enum Figure {
  THROUGHPUT("throughputMiBs", "throughput", "MiB/s", true, "bytes of the application per second"),
  SOURCE_CPU(
      "sourceCpuSecondsPerGiB",
      "CPU of the source",
      "s/GiB",
      false,
      "processor time per GiB moved"),
  DESTINATION_CPU(
      "destinationCpuSecondsPerGiB",
      "CPU of the destination",
      "s/GiB",
      false,
      "processor time per GiB moved"),
  SERVICE_CPU(
      "serviceCpuSecondsPerGiB",
      "CPU of the service",
      "s/GiB",
      false,
      "processor time per GiB moved; not of the program"),
  P50("echoP50Ms", "echo p50", "ms", false, "half of the echoes are back by then"),
  P99("echoP99Ms", "echo p99", "ms", false, "99 of 100 echoes are back by then"),
  P99_ADDED(
      "echoP99AddedMs",
      "echo p99, added",
      "ms",
      false,
      "p99 less the median of echoes that were alone"),
  WORST("echoWorstMs", "echo, worst", "ms", false, "the slowest echo"),
  WORST_START(
      "echoWorstStartMs",
      "echo, worst of the start",
      "ms",
      false,
      "the slowest echo of the first 10 s"),
  FIRST(
      "echoFirstMs",
      "first echo",
      "ms",
      false,
      "the echo of somebody who comes while bulk is under way"),
  ABOVE_100(
      "echoSecondsAbove100Ms",
      "time above 100 ms",
      "s",
      false,
      "time spent waiting for echoes that took longer than 100 ms"),
  P99_ALONE(
      "echoP99AloneMs", "echo p99, alone", "ms", false, "p99 with nothing else in the tunnel"),
  P99_FILLING(
      "echoP99FillingMs",
      "echo p99, filling",
      "ms",
      false,
      "p99 while there is room for what a reader does not take"),
  HELD_UP(
      "echoHeldUpSeconds",
      "held up",
      "s",
      false,
      "the slowest echo: until the reader that takes nothing was given up"),
  P99_AFTER("echoP99AfterMs", "echo p99, after", "ms", false, "p99 after that"),
  ECHOES("echoes", "echoes", "", true, "how many were measured"),
  GOODPUT("goodputKBs", "bulk", "kB/s", true, "bytes of bulk per second, of all streams"),
  SHARE(
      "linkShare",
      "share of the link",
      "",
      true,
      "bulk's bytes per second, by the rate of the link"),
  JAIN("jain", "Jain index", "", true, "1 if all streams get the same"),
  WEIGHT_2(
      "weight2", "weight 2", "", true, "what it gets, by what weight 1 gets; 2 would be right"),
  WEIGHT_4(
      "weight4", "weight 4", "", true, "what it gets, by what weight 1 gets; 4 would be right"),
  CONNECTIONS(
      "connectionsPerSecond",
      "connections",
      "1/s",
      true,
      "connections opened, used and closed per second"),
  RIGHT(
      "right",
      "exchanges that were right",
      "",
      true,
      "connections whose bytes all arrived as they were sent, there and back"),
  WRONG(
      "wrong",
      "exchanges that failed",
      "",
      false,
      "connections that were refused, cut, or brought other bytes"),
  SOURCE_RSS(
      "sourceResidentMiB",
      "memory of the source",
      "MiB",
      false,
      "resident memory at the end, or up to 0.1 s before the program died"),
  SOURCE_PEAK(
      "sourcePeakMiB", "peak memory of the source", "MiB", false, "largest resident memory"),
  DESTINATION_RSS(
      "destinationResidentMiB",
      "memory of the destination",
      "MiB",
      false,
      "resident memory at the end, or up to 0.1 s before the program died"),
  DESTINATION_PEAK(
      "destinationPeakMiB",
      "peak memory of the destination",
      "MiB",
      false,
      "largest resident memory");

  private final String key;
  private final String label;
  private final String unit;
  private final boolean moreIsBetter;
  private final String meaning;

  Figure(String key, String label, String unit, boolean moreIsBetter, String meaning) {
    this.key = key;
    this.label = label;
    this.unit = unit;
    this.moreIsBetter = moreIsBetter;
    this.meaning = meaning;
  }

  /** Returns the name in the file of results. */
  @JsonValue
  public String key() {
    return key;
  }

  /** Finds a figure by its key. */
  @JsonCreator
  static Figure ofKey(String key) {
    return Arrays.stream(values())
        .filter(figure -> figure.key.equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no figure is called '" + key + "'"));
  }

  /** Returns a short name for tables. */
  public String label() {
    return label;
  }

  /** Returns the unit, empty for a plain number. */
  public String unit() {
    return unit;
  }

  /** Tells whether a larger number is the better one. */
  public boolean isMoreBetter() {
    return moreIsBetter;
  }

  /** Returns what it says, for readers of the report. */
  public String meaning() {
    return meaning;
  }
}
