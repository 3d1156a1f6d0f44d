// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves a large file over HTTP, whole or from any place on. Called on the server's threads. */
final class FileHandler implements HttpHandler {
  private static final int CHUNK = 1 << 16;

  private final Noise file;
  private final String tag;
  private final @Nullable Pace pace;

  FileHandler(Noise file, @Nullable Pace pace) {
    this.file = file;
    this.pace = pace;
    this.tag = "\"" + Long.toHexString(file.seed()) + "-" + file.length() + "\"";
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (Methods.refuse(exchange)) {
        return;
      }
      exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
      exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
      exchange.getResponseHeaders().set("ETag", tag);
      Optional<ByteRange> part = range(exchange);
      ByteRange range = part.orElse(new ByteRange(0, file.length()));
      if (!range.isWithin(file.length())) {
        exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.length());
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      int status = part.isPresent() ? 206 : 200;
      if (part.isPresent()) {
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes " + range.from() + "-" + (range.to() - 1) + "/" + file.length());
      }
      if (Methods.isHead(exchange)) {
        exchange.getResponseHeaders().set("Content-Length", Long.toString(range.size()));
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      exchange.sendResponseHeaders(status, range.size());
      send(range, exchange.getResponseBody());
    }
  }

  private Optional<ByteRange> range(HttpExchange exchange) {
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    if (condition != null && !condition.equals(tag)) {
      return Optional.empty();
    }
    return ByteRange.parse(exchange.getRequestHeaders().getFirst("Range"), file.length());
  }

  private void send(ByteRange range, OutputStream body) throws IOException {
    byte[] buffer = new byte[CHUNK];
    for (long place = range.from(); place < range.to(); ) {
      int count = (int) Math.min(file.read(place, buffer), range.to() - place);
      if (pace != null) {
        spend(pace, place, count);
      }
      body.write(buffer, 0, count);
      place += count;
    }
  }

  private static void spend(Pace pace, long place, int count) throws IOException {
    try {
      pace.spend(place, count);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server stops");
    }
  }
}
