// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A request with what the guard looks at; anything else fails. For one thread. */
final class FakeRequest {
  private final Map<String, String> headers = new HashMap<>(Map.of("host", "localhost:8181"));
  private final Map<String, String> parameters = new HashMap<>();
  private final String method;
  private final String path;

  FakeRequest(String method, String path) {
    this.method = method;
    this.path = path;
  }

  FakeRequest header(String name, String value) {
    headers.put(name.toLowerCase(Locale.ROOT), value);
    return this;
  }

  FakeRequest parameter(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  HttpServletRequest get() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, called, arguments) ->
                switch (called.getName()) {
                  case "getMethod" -> method;
                  case "getPathInfo" -> path;
                  case "getHeader" ->
                      headers.get(String.valueOf(arguments[0]).toLowerCase(Locale.ROOT));
                  case "getParameter" -> parameters.get(arguments[0]);
                  default -> throw new UnsupportedOperationException(called.getName());
                });
  }
}
