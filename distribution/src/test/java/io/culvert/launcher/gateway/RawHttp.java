// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Requests with any headers, which other clients would not let one write. Immutable. */
final class RawHttp {
  private final URI uri;
  private final List<String> headers;

  private RawHttp(URI uri, List<String> headers) {
    this.uri = uri;
    this.headers = List.copyOf(headers);
  }

  static RawHttp to(String uri) {
    return new RawHttp(URI.create(uri), List.of());
  }

  RawHttp header(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(name + ": " + value);
    return new RawHttp(uri, more);
  }

  RawHttp as(String user, String password) {
    String credentials = user + ":" + password;
    return header(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
  }

  /** Returns the whole answer. */
  String get(String path) throws IOException {
    return send("GET", path, "");
  }

  /** Posts a form and returns the whole answer. */
  String post(String path, String form) throws IOException {
    return header("Content-Type", "application/x-www-form-urlencoded").send("POST", path, form);
  }

  private String send(String method, String path, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
      socket.setSoTimeout(60_000);
      List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1"));
      if (headers.stream().noneMatch(header -> header.startsWith("Host:"))) {
        lines.add("Host: " + uri.getAuthority());
      }
      lines.addAll(headers);
      lines.addAll(List.of("Content-Length: " + body.length(), "Connection: close", "", body));
      socket.getOutputStream().write(String.join("\r\n", lines).getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
