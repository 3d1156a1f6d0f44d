// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * A certificate authority that nobody trusts unless told to, and one server certificate of it.
 * Immutable. Shows no private key.
 */
public final class ThrowawayCertificates {
  /** The names under which a server on loopback is reached. */
  public static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

  private static final Duration LIFETIME = Duration.ofDays(30);

  private final X509Bundle authority;
  private final X509Bundle server;

  /**
   * Takes certificates that were made before.
   *
   * @param authority the authority.
   * @param server the server certificate, signed by the authority, with its key.
   */
  public ThrowawayCertificates(X509Bundle authority, X509Bundle server) {
    this.authority = authority;
    this.server = server;
  }

  /**
   * Makes new keys and certificates.
   *
   * @param names host names and address literals that the server certificate is good for.
   * @return the certificates.
   * @throws IllegalStateException if this JDK cannot make them.
   */
  public static ThrowawayCertificates generate(List<String> names) {
    CertificateIssuer issuer = new CertificateIssuer(Instant.now(), LIFETIME);
    X509Bundle authority = issuer.authority();
    return new ThrowawayCertificates(authority, issuer.server(names, authority));
  }

  /** Returns the certificate of the authority, for clients that are to trust the server. */
  public X509Certificate authority() {
    return authority.getCertificate();
  }

  /**
   * Makes the server side of TLS 1.2 and 1.3, with the JDK's implementation.
   *
   * @return the context.
   * @throws SSLException if the JDK refuses the key.
   */
  public SslContext serverContext() throws SSLException {
    return SslContextBuilder.forServer(
            server.getKeyPair().getPrivate(), server.getCertificatePath())
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .build();
  }

  /**
   * Makes the server side of TLS for servers of the JDK.
   *
   * @return the context.
   * @throws IllegalStateException if the JDK refuses the key.
   */
  public SSLContext jdkServerContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(server.toKeyManagerFactory().getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot set up TLS: " + e.getMessage(), e);
    }
  }

  /**
   * Writes the certificate of the authority, never a key, as {@code ca.pem}.
   *
   * @param folder an existing folder.
   * @return the file.
   * @throws IOException if it cannot be written.
   */
  public Path writeAuthority(Path folder) throws IOException {
    Path file = folder.resolve("ca.pem");
    Path draft = Files.createTempFile(folder, "ca", ".pem");
    Files.writeString(draft, authority.getCertificatePEM(), StandardCharsets.US_ASCII);
    return Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
