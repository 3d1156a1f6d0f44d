// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.broker;

import io.culvert.demo.DemoException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/**
 * A certificate authority for one run of the demo, and what it issues, as PEM files. Java has no
 * interface to make certificates, and a library for that is larger than the rest of the demo.
 * Confined to one thread; shows no private key.
 */
public final class Certificates {
  private static final Duration LIFETIME = Duration.ofDays(7);
  private static final byte[] SIGNED_WITH = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
  private static final byte[] TRUE = {0x01, 0x01, (byte) 0xff};
  private static final byte[] CONSTRAINTS = Der.oid("2.5.29.19");
  private static final byte[] NAMES = Der.oid("2.5.29.17");
  private static final byte[] PURPOSES = Der.oid("2.5.29.37");
  private static final byte[] SERVER = Der.oid("1.3.6.1.5.5.7.3.1");
  private static final byte[] CLIENT = Der.oid("1.3.6.1.5.5.7.3.2");
  private static final int DNS_NAME = 0x82;
  private static final int ADDRESS = 0x87;
  private static final String AUTHORITY = "Culvert demo CA (do not trust)";

  private final Path folder;
  private final KeyPair authority;
  private final SecureRandom random = new SecureRandom();

  /**
   * Makes the authority and writes its certificate as {@code ca.pem}; its key is written nowhere.
   *
   * @param folder is there, for this user only.
   */
  public Certificates(Path folder) throws DemoException {
    this.folder = folder;
    try {
      authority = keys();
      byte[] isAuthority = Der.sequence(CONSTRAINTS, TRUE, Der.octets(Der.sequence(TRUE)));
      write("ca.pem", "CERTIFICATE", issue(AUTHORITY, authority, isAuthority));
    } catch (GeneralSecurityException | IOException e) {
      throw failed(e);
    }
  }

  /** Issues a certificate for a server on {@code localhost}: NAME.pem and NAME-key.pem. */
  public void addServer(String name) throws DemoException {
    byte[] localhost = Der.value(DNS_NAME, "localhost".getBytes(StandardCharsets.US_ASCII));
    byte[] loopback = Der.value(ADDRESS, new byte[] {127, 0, 0, 1});
    add(
        name,
        extension(PURPOSES, Der.sequence(SERVER)),
        extension(NAMES, Der.sequence(localhost, loopback)));
  }

  /** Issues a certificate for a client of that name: NAME.pem and NAME-key.pem. */
  public void addClient(String name) throws DemoException {
    add(name, extension(PURPOSES, Der.sequence(CLIENT)));
  }

  /** Returns a PEM file: a certificate, or with {@code -key} after the name its private key. */
  public Path file(String name) {
    return folder.resolve(name + ".pem");
  }

  private void add(String name, byte[]... extensions) throws DemoException {
    try {
      KeyPair keys = keys();
      write(name + ".pem", "CERTIFICATE", issue(name, keys, extensions));
      write(name + "-key.pem", "PRIVATE KEY", keys.getPrivate().getEncoded());
    } catch (GeneralSecurityException | IOException e) {
      throw failed(e);
    }
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** Returns an X.509 certificate (RFC 5280), signed by the authority. */
  private byte[] issue(String name, KeyPair keys, byte[]... extensions)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    byte[] content =
        Der.sequence(
            Der.value(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(64, random).setBit(64)),
            SIGNED_WITH,
            commonName(AUTHORITY),
            Der.sequence(Der.time(now.minus(LIFETIME)), Der.time(now.plus(LIFETIME))),
            commonName(name),
            keys.getPublic().getEncoded(),
            Der.value(0xa3, Der.sequence(extensions)));
    return Der.sequence(content, SIGNED_WITH, Der.bits(sign(content, authority.getPrivate())));
  }

  private static byte[] sign(byte[] content, PrivateKey key) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(content);
    return signature.sign();
  }

  private static byte[] commonName(String name) {
    byte[] attribute = Der.sequence(Der.oid("2.5.4.3"), Der.text(name));
    return Der.sequence(Der.value(Der.SET, attribute));
  }

  private static byte[] extension(byte[] id, byte[] value) {
    return Der.sequence(id, Der.octets(value));
  }

  private void write(String file, String type, byte[] content) throws IOException {
    String text =
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
    Path path = folder.resolve(file);
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.newByteChannel(
            path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)
        .close();
    Files.writeString(path, text);
  }

  private static DemoException failed(Exception e) {
    return new DemoException("cannot make certificates: " + e.getMessage(), e);
  }
}
