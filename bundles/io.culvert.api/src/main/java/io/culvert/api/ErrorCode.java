// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

/**
 * Why a connection attempt, a WebSocket or a tunnel ended. The code is stable, is in every log line
 * and status about it, and has a row in {@code docs/errors.md} that says what to do.
 */
public enum ErrorCode {
  /** A setting is malformed, out of range or contradicts another one. */
  CONFIGURATION("CLV-CONFIG"),
  /** A token or password is encrypted, and cannot be decoded, or not yet. */
  SECRET("CLV-SECRET"),
  /** The tunnel names services that have no mapping, or the mapping does not fit the tunnel. */
  SERVICES("CLV-SERVICES"),
  /** A host name could not be resolved. */
  DNS("CLV-DNS"),
  /** A TCP connection could not be made. */
  TCP("CLV-TCP"),
  /** The web proxy did not open a way through. */
  PROXY("CLV-PROXY"),
  /** The web proxy wants other credentials (HTTP status 407). */
  PROXY_CREDENTIALS("CLV-PROXY-AUTH"),
  /** The TLS handshake failed for a reason that may pass. */
  TLS("CLV-TLS"),
  /** The certificate of the service or the web proxy is not trusted, or is for another host. */
  TLS_TRUST("CLV-TLS-TRUST"),
  /** The service was unable to serve the handshake (5xx, or no valid answer). */
  HANDSHAKE("CLV-HANDSHAKE"),
  /** The service asked to slow down (HTTP status 429). */
  THROTTLED("CLV-THROTTLED"),
  /** The service refused the first handshake of a token (other 4xx). */
  REFUSED("CLV-REFUSED"),
  /** The tunnel was closed, expired or its token was rotated: a normal end. */
  ENDED("CLV-ENDED"),
  /** A step took longer than its time-out. */
  TIMEOUT("CLV-TIMEOUT"),
  /** The WebSocket was cut or closed by the other side. */
  LOST("CLV-LOST"),
  /** Nothing was received for three ping periods. */
  SILENT("CLV-SILENT"),
  /** The service sent something that the protocol does not allow. */
  PROTOCOL("CLV-PROTOCOL"),
  /** All allowed connection attempts are used up. */
  RETRIES("CLV-RETRIES"),
  /** A source listener could not bind its address. */
  LISTEN("CLV-LISTEN"),
  /** A destination application could not be reached. */
  DESTINATION("CLV-DESTINATION"),
  /** A connection made no progress for the stall time-out while it held up others. */
  STALLED("CLV-STALLED"),
  /** Something that should not happen; please report it. */
  INTERNAL("CLV-INTERNAL");

  private final String code;

  ErrorCode(String code) {
    this.code = code;
  }

  /**
   * Returns the stable code.
   *
   * @return the code, such as {@code CLV-DNS}.
   */
  public String code() {
    return code;
  }

  @Override
  public String toString() {
    return code;
  }
}
