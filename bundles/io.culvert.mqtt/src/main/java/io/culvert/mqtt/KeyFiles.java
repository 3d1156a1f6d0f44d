// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.culvert.api.Secret;
import io.culvert.config.Printable;
import io.culvert.config.Values;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The files with which the gateway shows who it is: two PEM files, a PKCS #12 file, or none.
 * Immutable; they are read each time they are needed, as certificates are renewed.
 *
 * @param certificate PEM file with the certificate, and those of its CA.
 * @param privateKey PEM file with its key.
 * @param keyStore PKCS #12 file with both.
 * @param password what opens that.
 */
record KeyFiles(
    @Nullable Path certificate,
    @Nullable Path privateKey,
    @Nullable Path keyStore,
    @Nullable Secret password) {
  private static final String CERTIFICATE = "certificate";
  private static final String PRIVATE_KEY = "private.key";
  private static final String KEY_STORE = "key.store";
  private static final String PASSWORD = "key.store.password";
  private static final String TYPE = "PKCS12";
  private static final int MAX_REASON = 200;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

  static KeyFiles read(Values values) {
    KeyFiles files =
        new KeyFiles(
            values.parsed(CERTIFICATE, Path::of),
            values.parsed(PRIVATE_KEY, Path::of),
            values.parsed(KEY_STORE, Path::of),
            values.parsed(PASSWORD, Secret::of));
    needs(values, CERTIFICATE, PRIVATE_KEY);
    needs(values, PRIVATE_KEY, CERTIFICATE);
    needs(values, PASSWORD, KEY_STORE);
    if (files.keyStore != null && files.certificate != null) {
      values.problem(KEY_STORE, files.keyStore.toString(), "must not be set beside " + CERTIFICATE);
    }
    return files;
  }

  private static void needs(Values values, String key, String other) {
    if (!values.isEmpty(key) && values.isEmpty(other)) {
      values.problem(other, null, "must be set, as " + key + " is");
    }
  }

  /**
   * Reads the files.
   *
   * @return what shows the certificate, absent if there is none.
   * @throws IOException if one cannot be used; the message names it, and shows nothing of what it
   *     holds.
   */
  KeyManager @Nullable [] keyManagers() throws IOException {
    try {
      if (keyStore != null) {
        char[] code = password == null ? new char[0] : password.reveal().toCharArray();
        return keyManagers(load(keyStore, code), code);
      }
      if (certificate != null) {
        return keyManagers(pems(certificate, Objects.requireNonNull(privateKey)), new char[0]);
      }
      return null;
    } catch (GeneralSecurityException e) {
      throw new IOException("the key of the certificate cannot be used", e);
    }
  }

  private static KeyStore load(Path file, char[] code)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(TYPE);
    byte[] bytes = bytes(KEY_STORE, file);
    try {
      store.load(new ByteArrayInputStream(bytes), code);
    } catch (IOException e) {
      throw unusable(
          KEY_STORE,
          file,
          e.getCause() instanceof UnrecoverableKeyException
              ? PASSWORD + " does not open it"
              : "it cannot be read as PKCS #12",
          e);
    }
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        return store;
      }
    }
    throw unusable(KEY_STORE, file, "there is no private key in it", null);
  }

  private static KeyStore pems(Path certificate, Path privateKey)
      throws IOException, GeneralSecurityException {
    String pem = text(CERTIFICATE, certificate);
    List<Certificate> chain;
    try {
      chain = certificates(pem);
    } catch (GeneralSecurityException e) {
      throw unusable(CERTIFICATE, certificate, "it cannot be read as PEM", e);
    }
    if (chain.isEmpty()) {
      throw unusable(CERTIFICATE, certificate, "there is no certificate in it", null);
    }
    String keyPem = text(PRIVATE_KEY, privateKey);
    PrivateKey key;
    try {
      key = PemKey.read(keyPem);
    } catch (IllegalArgumentException e) {
      String reason = new Printable().clean(e.getMessage(), MAX_REASON);
      throw unusable(PRIVATE_KEY, privateKey, reason, null);
    }
    if (!KeyPairs.belong(key, chain.get(0).getPublicKey())) {
      throw unusable(PRIVATE_KEY, privateKey, "it is not the key of the certificate", null);
    }
    KeyStore store = KeyStore.getInstance(TYPE);
    try {
      store.load(null, null);
      store.setKeyEntry("gateway", key, new char[0], chain.toArray(Certificate[]::new));
    } catch (GeneralSecurityException e) {
      throw unusable(PRIVATE_KEY, privateKey, "it cannot be used", e);
    }
    return store;
  }

  private static String text(String key, Path file) throws IOException {
    return new String(bytes(key, file), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String key, Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw unusable(key, file, "does not exist", e);
    } catch (AccessDeniedException e) {
      throw unusable(key, file, "may not be read by this process", e);
    } catch (IOException e) {
      throw unusable(key, file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Only the blocks: text between them trips Java's reader. */
  private static List<Certificate> certificates(String pem) throws GeneralSecurityException {
    String blocks =
        BLOCK.matcher(pem).results().map(MatchResult::group).collect(Collectors.joining("\n"));
    return List.copyOf(
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(blocks.getBytes(StandardCharsets.ISO_8859_1))));
  }

  private static KeyManager[] keyManagers(KeyStore store, char[] code)
      throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, code);
    return factory.getKeyManagers();
  }

  private static IOException unusable(
      String key, Path file, String reason, @Nullable Exception cause) {
    return new IOException(key + " '" + file + "': " + reason, cause);
  }
}
