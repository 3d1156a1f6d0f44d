// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.config.trust.TrustStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that extra CAs come from. */
class TrustStoreTest {
  @TempDir Path folder;
  private LogCapture logs;

  @BeforeEach
  void capture() {
    logs = new LogCapture();
  }

  @AfterEach
  void release() {
    logs.close();
  }

  private static List<String> testCas(Path path) throws Exception {
    return Stream.of(new TrustStore(path).trustManager().getAcceptedIssuers())
        .map(X509Certificate::getSubjectX500Principal)
        .map(Object::toString)
        .filter(name -> name.contains("Culvert test CA") || name.contains("Some other CA"))
        .sorted()
        .toList();
  }

  private static void assertNoCertificate(Path path, String message) {
    assertThatThrownBy(() -> new TrustStore(path).trustManager())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(message);
  }

  private Path write(String name, String type, String content) throws Exception {
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + type + "-----\n" + content + "\n-----END " + type + "-----\n");
  }

  @Test
  void pemFileMayHoldSeveralCertificatesAndText() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("bundle"),
            "# first - one\n"
                + TestCa.TRUSTED.pem()
                + "\nSubject: CN=x\r\n-- text --\n"
                + TestCa.OTHER.pem());
    assertThat(testCas(file)).containsExactly("CN=Culvert test CA", "CN=Some other CA");
    assertThat(logs.warnings()).isEmpty();
  }

  @Test
  void derFileIsReadToo() throws Exception {
    byte[] der =
        Base64.getMimeDecoder().decode(TestCa.TRUSTED.pem().replaceAll("-----[A-Z ]+-----", ""));
    assertThat(testCas(Files.write(folder.resolve("ca.crt"), der)))
        .containsExactly("CN=Culvert test CA");
  }

  @Test
  void extraCasComeOnTopOfTheJdks() throws Exception {
    int jdk = new TrustStore(null).trustManager().getAcceptedIssuers().length;
    Path file = TestCa.TRUSTED.writePem(folder.resolve("ca.pem"));
    assertThat(new TrustStore(file).trustManager().getAcceptedIssuers()).hasSize(jdk + 1);
  }

  @Test
  void rehashedDirectoryIsReadWithEachCertificateOnce() throws Exception {
    Path pem = TestCa.TRUSTED.writePem(folder.resolve("mine.pem"));
    Files.createSymbolicLink(folder.resolve("0a1b2c3d.0"), pem.getFileName());
    TestCa.OTHER.writePem(folder.resolve("9f8e7d6c.12"));
    Files.writeString(folder.resolve("README"), "not a certificate");
    assertThat(testCas(folder)).containsExactly("CN=Culvert test CA", "CN=Some other CA");
    assertThat(logs.warnings()).isEmpty();
  }

  @Test
  void unreadableFilesInADirectoryAreSkippedWithOneWarningEach() throws Exception {
    TestCa.TRUSTED.writePem(folder.resolve("good.crt"));
    write("bad.pem", "CERTIFICATE", "AAAA");
    write("worse.pem", "CERTIFICATE", "A");
    write("key.pem", "PRIVATE KEY", "c2VjcmV0");
    Files.createSymbolicLink(folder.resolve("00000000.0"), Path.of("gone"));
    assertThat(testCas(folder)).containsExactly("CN=Culvert test CA");
    assertThat(logs.warnings()).hasSize(4);
    for (String name : List.of("bad.pem", "worse.pem", "key.pem", "00000000.0")) {
      assertThat(logs.warnings()).filteredOn(line -> line.contains(name)).hasSize(1);
    }
    assertThat(logs.warnings()).noneMatch(line -> line.contains("c2VjcmV0"));
  }

  @Test
  void goodCertificatesBesideABadOneInAFileAreUsed() throws Exception {
    Path file = write("mixed", "CERTIFICATE", "AAAA");
    Files.writeString(file, Files.readString(file) + TestCa.TRUSTED.pem());
    assertThat(testCas(file)).containsExactly("CN=Culvert test CA");
    assertThat(logs.warnings()).hasSize(1);
  }

  @Test
  void nothingToTrustIsAConfigurationError() throws Exception {
    assertNoCertificate(Files.createDirectory(folder.resolve("empty")), "no certificate");
    assertNoCertificate(Files.writeString(folder.resolve("text"), "hello"), "no certificate");
    assertNoCertificate(Files.createFile(folder.resolve("nothing")), "no certificate");
    assertNoCertificate(folder.resolve("missing"), "does not exist");
  }

  @Test
  void filesAreReadAgainOnlyWhenTheyHaveChanged() throws Exception {
    Path file = TestCa.TRUSTED.writePem(folder.resolve("ca.pem"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    TrustStore store = new TrustStore(folder);
    X509ExtendedTrustManager first = store.trustManager();
    assertThat(store.trustManager()).isSameAs(first);

    TestCa.OTHER.writePem(folder.resolve("new.pem"));
    X509ExtendedTrustManager second = store.trustManager();
    assertThat(second).isNotSameAs(first);
    Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));
    assertThat(store.trustManager()).isNotSameAs(second);
  }
}
