// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * How far the answers of one connection come late by themselves, and which late ones are believed
 * to show a queue nevertheless. Its peer may be slow, or a human who thinks: what our bytes cannot
 * explain is noise, and so is a delay that a pause did not shorten.
 */
final class Noise {
  private static final long QUIET = 5 * Nanos.MILLI;
  private static final long LOUD = 40 * Nanos.MILLI;
  private static final long HIGH = 18 * Nanos.MILLI;
  private static final long CALM = 10 * Nanos.MILLI;
  private static final long STANDING = 60 * Nanos.MILLI;

  private double level;
  private int samples;
  private int late;
  private long since;
  private long smallest = Long.MAX_VALUE;

  /** Takes note of a delay that is not ours. */
  void add(long delay) {
    samples = Math.min(8, samples + 1);
    level += (delay - level) / samples;
  }

  /** Takes note that a pause did not help as it should. */
  void unclear(long delay) {
    level += (delay - level) / 2;
    samples = 8;
    forget();
  }

  /** Takes note that at least so much is not ours. */
  void atLeast(long delay) {
    level = Math.max(level, delay);
    samples = 8;
    forget();
  }

  /** Takes note that a pause did help. */
  void proved() {
    level *= 0.9;
  }

  /** Takes note of a late answer that says nothing. */
  void more(long delay) {
    level += Math.max(0, delay - level) / 64;
  }

  /** Takes note of an answer that was in time. */
  void prompt(long delay) {
    if (delay < CALM) {
      level *= 0.995;
    }
    forget();
  }

  void forget() {
    late = 0;
    smallest = Long.MAX_VALUE;
  }

  /** Takes note of a late answer, and returns whether it is believed. */
  boolean late(long queue, long now) {
    if (late == 0) {
      since = now;
    }
    late++;
    smallest = Math.min(smallest, queue);
    return late >= 2 && smallest > high() || late >= 4 && now - since >= STANDING;
  }

  private long high() {
    return HIGH + (long) level;
  }

  /** Returns below which delay nothing is queued. */
  long calm() {
    return CALM + (long) level;
  }

  long level() {
    return (long) level;
  }

  boolean isQuiet() {
    return level < QUIET;
  }

  /** Returns whether it says nothing about queues that matter. */
  boolean isLoud() {
    return level > LOUD;
  }
}
