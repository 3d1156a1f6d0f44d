// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import io.culvert.webconsole.WrongTries.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets those requests to the Web Console through that come from its own pages, with the right user
 * name and password. The console is told to wait for this provider and takes no other. Who knows
 * the password is whoever registered the service that is asked here. Thread-safe.
 */
@Component(property = SecurityProvider.PROPERTY_ID + "=" + Guard.ID)
public final class Guard implements SecurityProvider {
  static final String ID = "io.culvert.webconsole";

  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final int TOO_MANY_REQUESTS = 429;

  private final BiPredicate<String, String> login;
  private final WrongTries tries = new WrongTries(System::nanoTime);

  /**
   * Makes a guard.
   *
   * @param login tells whether a user name and a password are right.
   */
  @Activate
  public Guard(
      @Reference(target = "(io.culvert.webconsole.login=true)") BiPredicate<String, String> login) {
    this.login = login;
  }

  @Override
  public @Nullable Object authenticate(HttpServletRequest request, HttpServletResponse response) {
    Optional<String> refusal = RequestRules.refusal(request);
    if (refusal.isPresent()) {
      answer(response, HttpServletResponse.SC_FORBIDDEN, refusal.get());
      return null;
    }
    Optional<Credentials> credentials = Credentials.of(request.getHeader("Authorization"));
    if (credentials.isEmpty()) {
      challenge(response);
      return null;
    }
    Credentials given = credentials.get();
    Verdict verdict = tries.judge(() -> login.test(given.user(), given.password()));
    if (verdict == Verdict.PAUSE) {
      LOG.warn("Web console: {}", WrongTries.PAUSE_TEXT);
    }
    switch (verdict) {
      case RIGHT -> {
        return given.user();
      }
      case WRONG -> challenge(response);
      case PAUSE, PAUSED -> answer(response, TOO_MANY_REQUESTS, WrongTries.PAUSE_TEXT);
    }
    return null;
  }

  @Override
  public boolean authorize(Object user, String role) {
    return true; // there is one user
  }

  @Override
  public void logout(HttpServletRequest request, HttpServletResponse response) {
    // The console itself makes the browser forget the password.
  }

  private static void challenge(HttpServletResponse response) {
    response.setHeader("WWW-Authenticate", "Basic realm=\"Culvert\", charset=\"UTF-8\"");
    answer(response, HttpServletResponse.SC_UNAUTHORIZED, "User name and password are needed");
  }

  private static void answer(HttpServletResponse response, int status, String text) {
    response.setStatus(status);
    response.setContentType("text/plain");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    try {
      response.getWriter().println(text);
      response.flushBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
