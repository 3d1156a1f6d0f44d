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
  private static final long LOUD = 110 * Nanos.MILLI;
  private static final long HIGH = 18 * Nanos.MILLI;
  private static final long CALM = 10 * Nanos.MILLI;
  private static final long STANDING = 60 * Nanos.MILLI;

  /** So many late answers in a row are believed, and more of them for some time after doubts. */
  private static final int ENOUGH = 2;

  private static final int MOST_DOUBTS = 2;
  private static final long DOUBTFUL = 5 * Nanos.SECOND;

  /** What takes longer is no hiccup of a machine. */
  private static final long THOUGHT = 300 * Nanos.MILLI;

  private double level;
  private int vain;
  private int doubts;
  private long doubtedAt;
  private long previous;
  private int samples;
  private int late;
  private long since;
  private long smallest = Long.MAX_VALUE;

  /** Takes note of a delay that is not ours. One that is odd counts for nothing. */
  void add(long delay) {
    samples = Math.min(8, samples + 1);
    level += ((delay > THOUGHT ? delay : Math.min(delay, previous)) - level) / samples;
    previous = delay;
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

  /** Takes note that a pause did not help at all: who lets that happen twice is no help either. */
  void inVain(long delay) {
    atLeast(++vain > 1 ? LOUD + 1 : delay);
  }

  /** Takes note that late answers were believed, and there was no queue. */
  void disproved(long now) {
    doubts = Math.min(MOST_DOUBTS, doubts(now) + 1);
    doubtedAt = now;
    forget();
  }

  /** Takes note that a late answer was so by itself. */
  void belied(long delay, long now) {
    add(delay);
    doubts = MOST_DOUBTS;
    doubtedAt = now;
    forget();
  }

  private int doubts(long now) {
    return now - doubtedAt < DOUBTFUL ? doubts : 0;
  }

  /** Takes note that a pause did help. */
  void proved() {
    level *= 0.9;
    vain = 0;
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
    int enough = ENOUGH + doubts(now);
    if (late == 0) {
      since = now;
    }
    late++;
    smallest = Math.min(smallest, queue);
    return late >= enough && smallest > high() || late >= 2 * enough && now - since >= STANDING;
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
