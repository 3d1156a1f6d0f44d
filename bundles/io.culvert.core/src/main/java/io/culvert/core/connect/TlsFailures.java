// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.config.HostPort;
import io.culvert.config.Printable;
import io.culvert.core.net.Failures;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words why a TLS handshake failed, and whether that may pass. */
final class TlsFailures {
  private static final Printable PRINTABLE = new Printable();
  private static final int MAX_TEXT = 200;

  private TlsFailures() {}

  /**
   * Explains a failed handshake.
   *
   * @param cause why the TLS handler gave up.
   * @param seen what the peer showed.
   * @param target the host and port that were meant.
   * @param peer who that is, for messages.
   * @param limit the time-out of the handshake.
   * @param clock this machine's clock.
   * @return the failure.
   */
  static ConnectFailedException explain(
      Throwable cause, SeenChain seen, HostPort target, String peer, Duration limit, Clock clock) {
    if (seen.isSeen() && isAboutCertificate(cause)) {
      return new ConnectFailedException(
          TunnelFailure.of(ErrorCode.TLS_TRUST, certificate(cause, seen, target, peer, clock)),
          Retry.FINAL,
          null);
    }
    if (cause instanceof SslHandshakeTimeoutException) {
      return ConnectFailedException.timeout("no TLS handshake with " + peer, limit);
    }
    if (hasCause(cause, NotSslRecordException.class)) {
      // Its message quotes all that was received.
      return ConnectFailedException.retry(
          ErrorCode.TLS,
          peer + " does not speak TLS (check host and port, and what is in between)");
    }
    if (!(cause instanceof SSLException) || hasCause(cause, ClosedChannelException.class)) {
      return ConnectFailedException.retry(
          ErrorCode.TLS, peer + " cut the connection during the TLS handshake");
    }
    return ConnectFailedException.retry(
        ErrorCode.TLS, "the TLS handshake with " + peer + " failed: " + text(cause));
  }

  /**
   * Returns an exception's message fit for a log line.
   *
   * @param cause what happened.
   * @return one line, bounded.
   */
  static String text(Throwable cause) {
    String message = PRINTABLE.clean(Failures.describe(cause), MAX_TEXT);
    return message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }

  private static String certificate(
      Throwable cause, SeenChain seen, HostPort target, String peer, Clock clock) {
    Instant now = clock.instant();
    X509Certificate outOfTime = seen.outOfTime(now);
    if (outOfTime != null && !seen.isChainTrusted()) {
      boolean expired = outOfTime.getNotAfter().toInstant().isBefore(now);
      return "the certificate "
          + SeenChain.subject(outOfTime)
          + " of "
          + peer
          + (expired ? " expired on " : " is not valid before ")
          + (expired ? outOfTime.getNotAfter() : outOfTime.getNotBefore()).toInstant()
          + ", and this machine's clock says "
          + now
          + ": set the clock or have the certificate renewed";
    }
    if (!seen.isChainTrusted()) {
      return "the certificate of "
          + peer
          + " is not trusted: issuer "
          + seen.issuer()
          + (seen.isSelfSigned() ? " (self-signed)" : "")
          + "; if that is right, add this CA's certificate to the extra CA file or directory";
    }
    if (isAboutAlgorithm(cause)) {
      return "the certificate of " + peer + " uses an algorithm or key that is too weak";
    }
    return "the certificate of "
        + peer
        + " is not for the host "
        + target.host()
        + " but for "
        + seen.names()
        + ": check the host name, and what is in between";
  }

  private static boolean isAboutCertificate(Throwable cause) {
    return hasCause(cause, CertificateException.class);
  }

  private static boolean isAboutAlgorithm(Throwable cause) {
    return hasCause(cause, CertPathValidatorException.class);
  }

  private static boolean hasCause(Throwable cause, Class<? extends Throwable> type) {
    @Nullable Throwable current = cause;
    for (int depth = 0; current != null && depth < 20; depth++) {
      if (type.isInstance(current)) {
        return true;
      }
      current = current.getCause();
    }
    return false;
  }
}
