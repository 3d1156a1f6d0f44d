// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * As much of a tunnelling service as brings one tunnel up: TLS with a certificate that nobody
 * trusts, the upgrade, and the name of one service. Whatever else comes is left unread. Used by one
 * thread, with bounded waits.
 */
final class NamingService implements AutoCloseable {
  private static final int LIMIT_MILLIS = 30_000;

  /** Small, so that what comes soon has to wait at the sender. */
  private static final int RECEIVE_BUFFER = 16_384;

  private static final String PASSWORD = "changeit";
  private static final Pattern KEY =
      Pattern.compile("sec-websocket-key: (\\S+)", Pattern.CASE_INSENSITIVE);

  private final SSLServerSocket listener;

  NamingService(Path folder) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(folder).getKeyManagers(), null, null);
    listener = (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
    listener.setReceiveBufferSize(RECEIVE_BUFFER);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    listener.setSoTimeout(LIMIT_MILLIS);
  }

  private static KeyManagerFactory keys(Path folder) throws Exception {
    keytool(folder, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost");
    KeyStore keys = KeyStore.getInstance(store(folder).toFile(), PASSWORD.toCharArray());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    return factory;
  }

  private static void keytool(Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store(folder).toString()));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (!keytool.waitFor(LIMIT_MILLIS, TimeUnit.MILLISECONDS) || keytool.exitValue() != 0) {
      throw new IOException(Files.readString(folder.resolve("keytool.log")));
    }
  }

  private static Path store(Path folder) {
    return folder.resolve("keys.p12");
  }

  /** Writes the certificate, for whoever wants to trust it. */
  static Path certificate(Path folder) throws Exception {
    Path file = folder.resolve("certificate.pem");
    keytool(folder, "-exportcert", "-rfc", "-file", file.toString());
    return file;
  }

  String endpoint() {
    return "localhost:" + listener.getLocalPort();
  }

  /** Waits for the next WebSocket and names a service on it. */
  Socket accept(String service) throws IOException, GeneralSecurityException {
    Socket socket = listener.accept();
    socket.setSoTimeout(LIMIT_MILLIS);
    Matcher key = KEY.matcher(head(socket.getInputStream()));
    if (!key.find()) {
      throw new IOException("no Sec-WebSocket-Key");
    }
    byte[] proof =
        MessageDigest.getInstance("SHA-1")
            .digest(ascii(key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
    OutputStream out = socket.getOutputStream();
    out.write(
        ascii(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Protocol: aws.iot.securetunneling-3.0\r\nSec-WebSocket-Accept: "
                + Base64.getEncoder().encodeToString(proof)
                + "\r\n\r\n"));
    out.write(serviceIds(service));
    out.flush();
    return socket;
  }

  /** Returns a WebSocket frame with SERVICE_IDS (type 5), where field 6 has the id. */
  private static byte[] serviceIds(String service) {
    byte[] id = ascii(service);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(new byte[] {(byte) 0x82, (byte) (id.length + 6)});
    frame.writeBytes(new byte[] {0, (byte) (id.length + 4)});
    frame.writeBytes(new byte[] {0x08, 5, 0x32, (byte) id.length});
    frame.writeBytes(id);
    return frame.toByteArray();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new SocketException("ended within the request: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Asserts that no connection waits to be accepted. */
  void assertNoneWaits() throws IOException {
    MuteService.assertNoneWaits(listener);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
