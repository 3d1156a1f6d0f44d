// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
  @TempDir private Path folder;
  private TestFiles files;

  @BeforeEach
  void write() throws Exception {
    files = new TestFiles(folder);
  }

  private static void assertShows(KeyFiles keys) throws IOException {
    X509KeyManager manager = (X509KeyManager) keys.keyManagers()[0];
    String alias = manager.chooseClientAlias(new String[] {"EC"}, null, null);
    assertThat(manager.getCertificateChain(alias)[0].getSubjectX500Principal())
        .hasToString("CN=gate");
    assertThat(manager.getPrivateKey(alias)).isNotNull();
  }

  private KeyFiles pems(String certificate, String key) {
    return new KeyFiles(files.path(certificate), files.path(key), null, null);
  }

  private KeyFiles store(String name, String password) {
    return new KeyFiles(null, null, files.path(name), Secret.of(password));
  }

  @Test
  void pemAndPkcs12FilesAreRead() throws Exception {
    assertShows(pems("gate.pem", "gate.key"));
    assertShows(store("gate.p12", TestFiles.PASSWORD));
    assertThat(new KeyFiles(null, null, null, null).keyManagers()).isNull();
  }

  @Test
  void whatCannotBeReadIsNamed() throws Exception {
    Files.writeString(folder.resolve("text"), "hello");
    Files.writeString(folder.resolve("empty"), "");
    assertRefused(pems("none", "gate.key"), "certificate", "none", "does not exist");
    assertRefused(pems("text", "gate.key"), "certificate", "text", "there is no certificate");
    assertRefused(pems("empty", "gate.key"), "certificate", "empty", "there is no certificate");
    assertRefused(pems("gate.pem", "none"), "private.key", "none", "does not exist");
    assertRefused(pems("gate.pem", "text"), "private.key", "text", "there is no private key");
    assertRefused(store("none", "a"), "key.store", "none", "does not exist");
    assertRefused(pems("gate.pem", "."), "private.key", ".", "cannot be read: ");
    assertRefused(store("text", "a"), "key.store", "text", "it cannot be read as PKCS #12");
    assertRefused(store("gate.p12", "wr0ng"), "key.store", "gate.p12", "key.store.password does");
  }

  @Test
  void textBetweenCertificatesIsNoTrouble() throws Exception {
    String pem = Files.readString(files.path("gate.pem"));
    String authority = Files.readString(files.path("ca.pem"));
    Files.writeString(files.path("gate.pem"), "Bag - a\n" + pem + "\nSubject: b\n" + authority);
    assertShows(pems("gate.pem", "gate.key"));
  }

  @Test
  void keysThatBelongToNothingAreNoticed() throws Exception {
    assertRefused(
        pems("ca.pem", "gate.key"), "private.key", "gate.key", "it is not the key of the cert");
    assertRefused(
        store("trust.p12", TestFiles.PASSWORD), "key.store", "trust.p12", "there is no private");
  }

  private void assertRefused(KeyFiles keys, String key, String file, String message) {
    assertThatThrownBy(keys::keyManagers)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(key + " '" + files.path(file) + "': " + message)
        .hasMessageNotContainingAny("wr0ng", "hello");
  }
}
