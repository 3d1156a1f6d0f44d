// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import java.util.Arrays;

/** How the process ends. */
public enum ExitCode {
  /** Stopped by a signal, or the tunnel was closed, has expired or its token was rotated. */
  OK(0),
  /** An option, a setting or a mapping is wrong. */
  CONFIGURATION(1),
  /** The service refused the token. */
  REFUSED(3),
  /** The service cannot be reached as things are: trust, web proxy credentials, retries. */
  CONNECTION(4),
  /** Something that should not happen. */
  INTERNAL(5),
  /** A file or folder cannot be used now, such as on a full disk; later it may. */
  STORAGE(6);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /**
   * Returns the exit status of the process.
   *
   * @return the number.
   */
  public int status() {
    return status;
  }

  /**
   * Finds the code of an exit status.
   *
   * @param status the number.
   * @return the exit code; an unknown number is an internal error.
   */
  public static ExitCode of(int status) {
    return Arrays.stream(values())
        .filter(code -> code.status == status)
        .findFirst()
        .orElse(INTERNAL);
  }

  /**
   * Says how the process ends after a tunnel has ended.
   *
   * @param status a final status.
   * @return the exit code.
   */
  public static ExitCode of(TunnelStatus status) {
    if (status.state() == TunnelState.CLOSED) {
      return OK;
    }
    TunnelFailure failure = status.failure();
    return failure == null ? INTERNAL : of(failure.code());
  }

  private static ExitCode of(ErrorCode code) {
    return switch (code) {
      case ENDED -> OK;
      case CONFIGURATION, SECRET, SERVICES, LISTEN -> CONFIGURATION;
      case REFUSED -> REFUSED;
      case TLS_TRUST,
          PROXY_CREDENTIALS,
          RETRIES,
          DNS,
          TCP,
          PROXY,
          TLS,
          HANDSHAKE,
          THROTTLED,
          TIMEOUT,
          LOST,
          SILENT ->
          CONNECTION;
      case PROTOCOL, DESTINATION, STALLED, INTERNAL -> INTERNAL;
    };
  }
}
