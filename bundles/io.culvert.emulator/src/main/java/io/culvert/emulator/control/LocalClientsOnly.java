// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns away what a web page could have made a browser on this machine send: requests for a name
 * that is not of loopback, which may have been rebound to it, and requests with an {@code Origin}.
 * Stateless.
 */
final class LocalClientsOnly extends Filter {
  private static final int FORBIDDEN = 403;
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\])(:\\d{1,5})?",
          Pattern.CASE_INSENSITIVE);

  @Override
  public String description() {
    return "local clients only";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
    boolean local = hosts.size() == 1 && LOOPBACK.matcher(hosts.get(0)).matches();
    if (!local) {
      refuse(exchange, "The Host header must name localhost or a loopback address");
    } else if (exchange.getRequestHeaders().containsKey("Origin")) {
      refuse(exchange, "Requests of web pages are not allowed");
    } else {
      chain.doFilter(exchange);
    }
  }

  private static void refuse(HttpExchange exchange, String message) throws IOException {
    ApiReply.failure(new ApiException(FORBIDDEN, "AccessDeniedException", message)).send(exchange);
  }
}
