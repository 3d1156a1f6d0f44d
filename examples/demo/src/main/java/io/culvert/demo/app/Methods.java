// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.app;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What the demo's web servers allow. Stateless. */
final class Methods {
  private Methods() {}

  static boolean isHead(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("HEAD");
  }

  /** Answers a request that is neither GET nor HEAD, and returns whether it was such. */
  static boolean refuse(HttpExchange exchange) throws IOException {
    if (isHead(exchange) || exchange.getRequestMethod().equals("GET")) {
      return false;
    }
    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
    exchange.sendResponseHeaders(405, -1);
    return true;
  }
}
