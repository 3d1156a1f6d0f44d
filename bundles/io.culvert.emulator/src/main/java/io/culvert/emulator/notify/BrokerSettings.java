// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.notify;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How to speak to an MQTT broker. Immutable.
 *
 * @param address where it is.
 * @param authority PEM file with the certificates to trust, null for those that Java trusts. As
 *     what follows, it counts only with TLS.
 * @param certificate PEM file with the own certificate, or null.
 * @param key PEM file with the private key for that, PKCS #8 without a password, or null.
 */
public record BrokerSettings(
    BrokerAddress address,
    @Nullable Path authority,
    @Nullable Path certificate,
    @Nullable Path key) {

  /** Makes settings for a broker without TLS. */
  public static BrokerSettings plain(BrokerAddress address) {
    return new BrokerSettings(address, null, null, null);
  }

  /**
   * Reads the files.
   *
   * @return the client side of TLS 1.2 and 1.3.
   * @throws IOException if one of them cannot be used; the message names it and shows nothing of
   *     what it holds.
   */
  SSLContext context() throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols("TLSv1.3", "TLSv1.2");
    try {
      if (authority != null) {
        builder.trustManager(readable(authority).toFile());
      }
      if (certificate != null && key != null) {
        builder.keyManager(readable(certificate).toFile(), readable(key).toFile());
      }
    } catch (IllegalArgumentException e) {
      // The cause may hold a piece of the key.
      throw new IOException(e.getMessage() + " (PEM is needed; a key as PKCS #8, no password)");
    }
    return ((JdkSslContext) builder.build()).context();
  }

  private static Path readable(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("cannot read '" + file + "'");
    }
    return file;
  }
}
