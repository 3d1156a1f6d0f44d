// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates of one authority, as files. For one thread. */
final class TestFiles {
  static final String PASSWORD = "p4ssw0rd";

  private final Path folder;
  private final X509Bundle authority;
  private final X509Bundle client;

  TestFiles(Path folder) throws Exception {
    this.folder = folder;
    authority =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    client = new CertificateBuilder().ecp256().subject("CN=gate").buildIssuedBy(authority);
    Files.writeString(folder.resolve("ca.pem"), authority.getCertificatePEM());
    Files.writeString(folder.resolve("gate.pem"), client.getCertificatePEM());
    Files.writeString(folder.resolve("gate.key"), client.getPrivateKeyPEM());
    write("gate.p12", store(client));
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", authority.getCertificate());
    write("trust.p12", trusted);
  }

  private void write(String name, KeyStore store) throws Exception {
    try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Returns the settings of a client that shows its certificate. */
  Map<String, Object> settings(String broker) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("broker", broker);
    properties.put("thing", "gate");
    properties.put("certificate", path("gate.pem").toString());
    properties.put("private.key", path("gate.key").toString());
    properties.put("ca.path", path("ca.pem").toString());
    return properties;
  }

  /** Returns what a server for a host needs, which trusts only this authority. */
  SSLContext server(String host) throws Exception {
    X509Bundle server =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=server")
            .addSanDnsName(host)
            .buildIssuedBy(authority);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(server), PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", authority.getCertificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store(X509Bundle bundle) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "key",
        bundle.getKeyPair().getPrivate(),
        PASSWORD.toCharArray(),
        bundle.getCertificatePath());
    return store;
  }
}
