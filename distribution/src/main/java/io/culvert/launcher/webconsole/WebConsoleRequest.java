// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.webconsole;

import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.reference.InputException;
import io.culvert.launcher.webconsole.FirstPassword.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * That somebody wants the web console, and the way to its password. Immutable; {@link #toString()}
 * does not show the password.
 *
 * @param port where to listen; 0 is any free port.
 * @param password what the environment says, for the first start.
 */
public record WebConsoleRequest(int port, Optional<String> password) {
  /** The port unless another is named; 8080 is what applications often have. */
  public static final String DEFAULT_PORT = "8181";

  private static final String OPTION = "--web-console";
  private static final String VARIABLE = "CULVERT_WEB_CONSOLE";

  /**
   * Finds whether it is wanted.
   *
   * @param option the port as an option, which goes before the variable.
   * @param surroundings the environment.
   * @throws InputException if the port is none.
   */
  public static Optional<WebConsoleRequest> find(
      @Nullable String option, Surroundings surroundings) {
    Optional<Integer> port =
        option == null
            ? surroundings.variable(VARIABLE).map(value -> port(VARIABLE, value))
            : Optional.of(port(OPTION, option));
    return port.map(
        number -> new WebConsoleRequest(number, surroundings.variable(FirstPassword.VARIABLE)));
  }

  private static int port(String name, String value) {
    if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65_535) {
      return Integer.parseInt(value);
    }
    throw new InputException(
        name + " '" + value + "': must be a port, 1 to 65535, or 0 for one that is free");
  }

  /**
   * Makes sure that there is a password, and asks for one if there is none.
   *
   * @param state the state folder.
   * @param stop completes when nobody needs to answer any more.
   * @return the web console; empty if it was stopped before there was a password.
   * @throws InputException if there is no password.
   * @throws IOException if it cannot be read or kept.
   */
  public Optional<WebConsole> unlock(Path state, CompletableFuture<String> stop)
      throws IOException, InterruptedException {
    PasswordFile file = new PasswordFile(state);
    Optional<PasswordHash> kept = file.read();
    if (kept.isPresent()) {
      return kept.map(this::withPassword);
    }
    CompletableFuture<char[]> chosen =
        CompletableFuture.supplyAsync(
            new FirstPassword(password, terminal())::choose, WebConsoleRequest::onThread);
    try {
      CompletableFuture.anyOf(stop, chosen).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InputException wrong) {
        throw wrong;
      }
      throw new IllegalStateException(e.getCause());
    }
    if (stop.isDone()) {
      return Optional.empty();
    }
    PasswordHash hash = PasswordHash.of(chosen.join());
    file.write(hash);
    return Optional.of(withPassword(hash));
  }

  private WebConsole withPassword(PasswordHash hash) {
    return new WebConsole(port, new Login(hash));
  }

  private static Optional<Terminal> terminal() {
    return Optional.ofNullable(System.console())
        .map(console -> prompt -> console.readPassword("%s", prompt));
  }

  /** The system lets nobody end the wait at a terminal, so a stop leaves it behind. */
  private static void onThread(Runnable task) {
    Thread thread = new Thread(task, "culvert-password");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public String toString() {
    return "WebConsoleRequest[" + port + "]";
  }
}
