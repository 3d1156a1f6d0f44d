// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a connection attempt failed. Has no cause: the exceptions below quote what was received. */
public final class ConnectFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient TunnelFailure failure;
  private final Retry retry;
  private final @Nullable Duration retryAfter;

  ConnectFailedException(TunnelFailure failure, Retry retry, @Nullable Duration retryAfter) {
    super(failure.toString());
    this.failure = failure;
    this.retry = retry;
    this.retryAfter = retryAfter;
  }

  static ConnectFailedException retry(ErrorCode code, String message) {
    return new ConnectFailedException(TunnelFailure.of(code, message), Retry.RETRY, null);
  }

  static ConnectFailedException timeout(String what, Duration limit) {
    String seconds =
        limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    return retry(ErrorCode.TIMEOUT, what + " within " + seconds);
  }

  static ConnectFailedException configuration(String message) {
    return new ConnectFailedException(
        TunnelFailure.of(ErrorCode.CONFIGURATION, message), Retry.FINAL, null);
  }

  /**
   * Passes our own failures on and wraps what should not happen. Its message could hold anything, a
   * header's value for instance, so only its type and place are kept.
   */
  static ConnectFailedException of(Throwable cause) {
    if (cause instanceof ConnectFailedException known) {
      return known;
    }
    StackTraceElement[] stack = cause.getStackTrace();
    return retry(
        ErrorCode.INTERNAL,
        "unexpected "
            + cause.getClass().getName()
            + (stack.length == 0 ? "" : " at " + stack[0])
            + "; please report it");
  }

  /**
   * Returns the failure for status, events and log.
   *
   * @return code, message, HTTP status and channel id.
   */
  public TunnelFailure failure() {
    return failure;
  }

  /**
   * Tells what the failure means for the next attempt.
   *
   * @return whether trying again makes sense.
   */
  public Retry retry() {
    return retry;
  }

  /**
   * Returns how long the service asked to wait.
   *
   * @return the time to wait, null if it named none.
   */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
