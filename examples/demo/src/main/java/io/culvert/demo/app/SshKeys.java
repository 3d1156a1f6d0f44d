// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.app;

import io.culvert.demo.DemoException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Set;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/**
 * The keys of the demo, made anew for each run: one that shows the server's identity, and one that
 * lets the user in. Immutable. The text of neither shows a private key.
 */
public final class SshKeys {
  private final KeyPair host;
  private final KeyPair user;

  private SshKeys(KeyPair host, KeyPair user) {
    this.host = host;
    this.user = user;
  }

  /** Makes two keys. */
  public static SshKeys make() throws DemoException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new SshKeys(generator.generateKeyPair(), generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new DemoException("this Java cannot make keys for SSH: " + e.getMessage(), e);
    }
  }

  /** Returns the server's key. */
  public KeyPair host() {
    return host;
  }

  /** Returns the user's key. */
  public KeyPair user() {
    return user;
  }

  /** Returns the server's key as it stands in a file of known hosts. */
  public String hostLine() {
    return PublicKeyEntry.toString(host.getPublic());
  }

  /** Writes the user's key as {@code ssh} reads it, for this user only. */
  public void writeUserKey(Path file) throws DemoException {
    try (ByteArrayOutputStream text = new ByteArrayOutputStream()) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
          user, "culvert-demo", (OpenSSHKeyEncryptionContext) null, text);
      var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Files.newByteChannel(
              file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)
          .close();
      Files.writeString(file, text.toString(StandardCharsets.US_ASCII));
    } catch (IOException | GeneralSecurityException e) {
      throw new DemoException("cannot write '" + file + "': " + e.getMessage(), e);
    }
  }
}
