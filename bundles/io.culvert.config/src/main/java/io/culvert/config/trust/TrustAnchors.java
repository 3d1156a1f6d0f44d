// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config.trust;

import io.culvert.config.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads CA certificates from a PEM file, or from a directory in the form that {@code openssl
 * rehash} makes. Blocks on files: not for the event loop.
 */
final class TrustAnchors {
  private static final Logger LOG = LoggerFactory.getLogger(TrustAnchors.class);

  private static final Printable PRINTABLE = new Printable();
  private static final int MAX_TEXT = 200;

  /** All public CAs together are under 1 MiB. */
  private static final int MAX_FILE_BYTES = 16 << 20;

  private static final Pattern IN_DIRECTORY =
      Pattern.compile("[0-9a-fA-F]{8}\\.[0-9]+|.*\\.(pem|crt)", Pattern.CASE_INSENSITIVE);
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]*)-----END (?:X509 |TRUSTED"
              + " )?CERTIFICATE-----");

  private TrustAnchors() {}

  /**
   * Reads the certificates. A file that holds none is skipped with a warning that names it.
   *
   * @param path the file or directory.
   * @return the certificates, each once, at least one.
   * @throws IOException if there is nothing to read or no certificate in it.
   */
  static Set<X509Certificate> read(Path path) throws IOException {
    Set<X509Certificate> anchors = new LinkedHashSet<>();
    for (Path file : files(path)) {
      try {
        addAll(file, anchors);
      } catch (IOException e) {
        LOG.warn("{}: skipped, it cannot be read ({})", file, describe(e));
      }
    }
    if (anchors.isEmpty()) {
      throw new IOException(
          "CA file or directory "
              + path
              + ": no certificate in it; it must be a PEM file, or a directory with *.pem, *.crt or"
              + " the hash names of 'openssl rehash'");
    }
    return anchors;
  }

  /**
   * Describes the state of all files, so that they need reading only when it has changed.
   *
   * @param path the file or directory.
   * @return names, sizes and times.
   * @throws IOException if the path cannot be read.
   */
  static List<String> fingerprint(Path path) throws IOException {
    List<String> result = new ArrayList<>();
    for (Path file : files(path)) {
      String state;
      try {
        state = Files.size(file) + " " + Files.getLastModifiedTime(file);
      } catch (IOException e) {
        state = "unreadable";
      }
      result.add(file + " " + state);
    }
    return result;
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      if (!Files.isReadable(path)) {
        throw new IOException(
            "CA file or directory " + path + ": does not exist or cannot be read");
      }
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .filter(file -> IN_DIRECTORY.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IOException("CA directory " + path + ": cannot be read (" + describe(e) + ")", e);
    }
  }

  private static void addAll(Path file, Set<X509Certificate> anchors) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_FILE_BYTES);
    }
    int unreadable = 0;
    for (byte[] der : blocks(bytes)) {
      try {
        anchors.add(parse(der));
      } catch (CertificateException e) {
        unreadable++;
      }
    }
    if (unreadable > 0) {
      LOG.warn("{}: skipped what cannot be read as a certificate ({} times)", file, unreadable);
    }
  }

  /** Our own cutting: bundles have text between the certificates, which trips the JDK's reader. */
  private static List<byte[]> blocks(byte[] bytes) {
    Matcher matcher = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    List<byte[]> blocks = new ArrayList<>();
    while (matcher.find()) {
      try {
        blocks.add(Base64.getMimeDecoder().decode(matcher.group(1)));
      } catch (IllegalArgumentException e) {
        // Not base64: an empty block is counted as unreadable by the caller.
        blocks.add(new byte[0]);
      }
    }
    return blocks.isEmpty() ? List.of(bytes) : blocks;
  }

  private static X509Certificate parse(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** Returns an exception's message fit for a log line. */
  static String describe(Exception cause) {
    String message = PRINTABLE.clean(cause.getMessage(), MAX_TEXT);
    return message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }
}
