// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests of the console's own pages from those that another site makes a browser send, for
 * a browser adds the password to both. Stateless.
 */
final class RequestRules {
  // Another name may be a foreign site's that was made to lead here.
  private static final Pattern THIS_MACHINE =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);
  private static final Set<String> OWN = Set.of("same-origin", "none");
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final String FORMS = "/configMgr";

  private RequestRules() {}

  /** Returns why a request is refused, if it is. */
  static Optional<String> refusal(HttpServletRequest request) {
    String host = request.getHeader("Host");
    if (host == null || !THIS_MACHINE.matcher(host).matches()) {
      return Optional.of("Only http://localhost and http://127.0.0.1 lead here");
    }
    if (isForeign(request, host)) {
      return Optional.of("Another site sent you here; type the address instead");
    }
    if (READING.contains(request.getMethod())) {
      // The console takes such a GET for a POST. Its own script sends it, a link cannot.
      return request.getParameter("post") == null || isScript(request)
          ? Optional.empty()
          : Optional.of("A link must not change anything");
    }
    return request.getMethod().equals("POST") && isForm(request.getPathInfo())
        ? Optional.empty()
        : Optional.of("Only configurations can be changed here");
  }

  private static boolean isForeign(HttpServletRequest request, String host) {
    String origin = request.getHeader("Origin");
    String site = request.getHeader("Sec-Fetch-Site");
    return (origin != null && !origin.equalsIgnoreCase("http://" + host))
        || (site != null && !OWN.contains(site));
  }

  /** A site that asks for this header needs a permission first that it does not get here. */
  private static boolean isScript(HttpServletRequest request) {
    return request.getHeader("X-Requested-With") != null;
  }

  private static boolean isForm(@Nullable String path) {
    return path != null && (path.equals(FORMS) || path.startsWith(FORMS + "/"));
  }
}
