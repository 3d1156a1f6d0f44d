// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import io.culvert.api.ErrorCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a component: those of the last configuration that was accepted, at first the
 * defaults. Safe for all threads.
 *
 * @param <T> the immutable settings.
 */
public final class LastGood<T> {
  private final Schema<T> schema;
  private final SecretValues secrets;
  private final StatusSink sink;
  private volatile T settings;
  private volatile boolean waiting;
  private boolean good;
  private boolean decoded;
  private Map<String, ?> properties;
  private boolean ended;

  /**
   * Reads the first configuration; the defaults stand in for a wrong one.
   *
   * @param schema how configurations are read.
   * @param secrets makes secrets readable.
   * @param sink is told what becomes of each configuration.
   * @param properties the first configuration.
   */
  public LastGood(
      Schema<T> schema, SecretValues secrets, StatusSink sink, Map<String, ?> properties) {
    this.schema = schema;
    this.secrets = secrets;
    this.sink = sink;
    this.properties = properties;
    this.settings = schema.parse(Map.of());
    update(properties);
  }

  /**
   * Returns the settings in force.
   *
   * @return the settings.
   */
  public T get() {
    return settings;
  }

  /**
   * Tells whether the settings in force stand in for ones whose secrets cannot be decoded: those of
   * the last configuration cannot, and none with secrets was in force before.
   *
   * @return whether the settings that count are still to come.
   */
  public boolean isWaiting() {
    return waiting;
  }

  /**
   * Reads a new configuration.
   *
   * @param configured the configuration.
   * @return whether other settings are in force now.
   */
  public synchronized boolean update(Map<String, ?> configured) {
    if (ended) {
      return false;
    }
    boolean another = !ConfigurationProperties.same(properties, configured);
    String before = pid();
    properties = configured;
    if (!pid().equals(before)) {
      sink.remove(before);
    }
    Reading<T> reading = secrets.read(schema, configured);
    @Nullable T accepted = reading.settings();
    boolean changed = accepted != null && !accepted.equals(settings);
    if (accepted != null) {
      settings = accepted;
      good = true;
      decoded |= secrets.areIn(schema, configured);
    }
    // After the settings: whoever need not wait any more finds them there.
    waiting = reading.code() == ErrorCode.SECRET && !decoded;
    // And whoever hears that they are accepted.
    Outcome.Instead instead = good ? Outcome.Instead.LAST_GOOD : Outcome.Instead.DEFAULTS;
    sink.put(reading.outcome(pid(), instead), another);
    return changed;
  }

  /**
   * Reads the last configuration again, as its secrets may be readable now.
   *
   * @return whether other settings are in force now.
   */
  public synchronized boolean again() {
    return update(properties);
  }

  /** Forgets the configuration: the component has ended. */
  public synchronized void end() {
    ended = true;
    sink.remove(pid());
  }

  private String pid() {
    return ConfigurationProperties.pid(properties, schema.pid());
  }
}
