// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.folder;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A certificate and its private key in two PEM files, the key readable by its owner only. */
record PemFiles(Path certificate, Path key) {
  private static final Logger LOG = LoggerFactory.getLogger(PemFiles.class);

  PemFiles(Path folder, String name) {
    this(folder.resolve(name + ".pem"), folder.resolve(name + "-key.pem"));
  }

  void write(X509Bundle bundle) throws IOException {
    AtomicFile.write(key, bundle.getPrivateKeyPEM(), AtomicFile.OWNER_ONLY);
    AtomicFile.write(certificate, bundle.getCertificatePEM(), AtomicFile.FOR_ALL);
  }

  /**
   * Reads both.
   *
   * @param issuer who must have signed the certificate, null for itself.
   * @return empty if there is no such pair, or none that fits together.
   */
  Optional<X509Bundle> read(@Nullable X509Bundle issuer) {
    if (!Files.exists(certificate) || !Files.exists(key)) {
      return Optional.empty();
    }
    try {
      X509Certificate read = readCertificate();
      X509Certificate root = issuer == null ? read : issuer.getCertificate();
      read.verify(root.getPublicKey());
      KeyPair keys = new KeyPair(read.getPublicKey(), readKey(read.getPublicKey().getAlgorithm()));
      checkFit(keys);
      return Optional.of(
          issuer == null
              ? X509Bundle.fromRootCertificateAuthority(read, keys)
              : X509Bundle.fromCertificatePath(new X509Certificate[] {read}, root, keys));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      // The message of a parser may hold a piece of the key.
      LOG.warn("{} and {} cannot be used: {}", certificate, key, e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private X509Certificate readCertificate() throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(certificate)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private PrivateKey readKey(String algorithm) throws IOException, GeneralSecurityException {
    AtomicFile.restrict(key);
    String text = Files.readString(key, StandardCharsets.US_ASCII);
    byte[] encoded = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  private static void checkFit(KeyPair keys) throws GeneralSecurityException {
    byte[] sample = {1, 2, 3};
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(sample);
    byte[] signed = signature.sign();
    signature.initVerify(keys.getPublic());
    signature.update(sample);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the key is not that of the certificate");
    }
  }
}
