// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ErrorCode;
import io.culvert.api.SecretDecoder;
import io.culvert.api.SecretDecodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads configurations whose secrets may be encrypted. Kura encrypts them, and marks the
 * configurations that it keeps with {@code kura.service.pid}; the values of others are clear. Safe
 * for all threads.
 */
public class SecretValues {
  private static final Logger LOG = LoggerFactory.getLogger(SecretValues.class);

  private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  private final KeyOwners owners;
  private volatile @Nullable SecretDecoder decoder;

  /** Makes one that knows no other configurations, and has no decoder yet. */
  public SecretValues() {
    this(KeyOwners.NONE);
  }

  /**
   * Makes one that has no decoder yet.
   *
   * @param owners knows where keys belong that nothing reads.
   */
  public SecretValues(KeyOwners owners) {
    this.owners = owners;
  }

  /**
   * Takes the service that decodes secrets, which may come at any time, and tells the followers.
   *
   * @param decoder the service.
   */
  public final void setDecoder(SecretDecoder decoder) {
    this.decoder = decoder;
    for (Runnable follower : followers) {
      try {
        follower.run();
      } catch (RuntimeException e) {
        LOG.error("{}: after the secret decoder has come", ErrorCode.INTERNAL, e);
      }
    }
  }

  /**
   * Forgets the decoder, unless there is another one already.
   *
   * @param gone the service that goes.
   */
  public final void unsetDecoder(SecretDecoder gone) {
    if (decoder == gone) {
      decoder = null;
    }
  }

  /**
   * Adds who wants to read again what could not be decoded.
   *
   * @param changed runs when there is another decoder, on the thread that brought it.
   */
  public final void follow(Runnable changed) {
    followers.add(changed);
  }

  /**
   * Removes a follower; a call that is under way may still come.
   *
   * @param changed what was added.
   */
  public final void unfollow(Runnable changed) {
    followers.remove(changed);
  }

  /**
   * Reads a configuration as a whole.
   *
   * @param schema how.
   * @param properties what is configured.
   * @return what it says, or that it waits for a decoder.
   */
  public final <T> Reading<T> read(Schema<T> schema, Map<String, ?> properties) {
    List<Metatype.Attribute> encrypted = encrypted(schema, properties);
    if (encrypted.isEmpty()) {
      return schema.read(properties, owners);
    }
    SecretDecoder now = decoder;
    if (now == null) {
      return Reading.waiting(
          encrypted.stream()
              .map(
                  secret ->
                      problem(
                          secret,
                          "is encrypted, and waits for a service " + SecretDecoder.class.getName()))
              .toList());
    }
    Map<String, Object> clear = new HashMap<>(properties);
    List<ConfigurationProblem> problems = new ArrayList<>();
    for (Metatype.Attribute secret : encrypted) {
      try {
        clear.put(secret.key(), now.decode(text(schema, properties, secret)).reveal());
      } catch (SecretDecodingException e) {
        problems.add(problem(secret, "cannot be decoded: " + e.getMessage()));
      } catch (RuntimeException e) {
        // Its message may hold the value.
        problems.add(problem(secret, "cannot be decoded: " + e.getClass().getSimpleName()));
      }
    }
    return problems.isEmpty() ? schema.read(clear, owners) : Reading.undecoded(problems);
  }

  /** Tells whether a configuration has secrets that must be decoded. */
  final boolean areIn(Schema<?> schema, Map<String, ?> properties) {
    return !encrypted(schema, properties).isEmpty();
  }

  private static List<Metatype.Attribute> encrypted(Schema<?> schema, Map<String, ?> properties) {
    if (properties.get(ConfigurationProperties.KURA_PID) == null) {
      return List.of();
    }
    return schema.metatype().attributes().stream()
        .filter(Metatype.Attribute::secret)
        .filter(secret -> !text(schema, properties, secret).isEmpty())
        .toList();
  }

  /** Returns a value as it is configured, empty if it is not. */
  private static String text(
      Schema<?> schema, Map<String, ?> properties, Metatype.Attribute secret) {
    String text = schema.values(properties).text(secret.key());
    return text == null ? "" : text;
  }

  private static ConfigurationProblem problem(Metatype.Attribute secret, String message) {
    return new ConfigurationProblem(secret.key(), null, message);
  }
}
