// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the start script asks for. Immutable.
 *
 * @param once whether to show everything and end, rather than to wait for the user.
 * @param root the folder of the repository.
 * @param work the demo's own folder; the script removes it.
 * @param mosquitto the program of the MQTT broker, if notifications are to be shown.
 * @param terminal whether the output is a terminal.
 * @param colours whether it may be coloured.
 */
record DemoOptions(
    boolean once,
    Path root,
    Path work,
    Optional<Path> mosquitto,
    boolean terminal,
    boolean colours) {
  static DemoOptions parse(String... arguments) throws DemoException {
    String mode = "wait";
    Path root = Path.of("");
    Path work = Path.of("");
    Optional<Path> mosquitto = Optional.empty();
    boolean terminal = false;
    boolean colours = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--mode" -> mode = value(arguments, ++i);
        case "--root" -> root = Path.of(value(arguments, ++i));
        case "--work" -> work = Path.of(value(arguments, ++i));
        case "--notify" -> mosquitto = Optional.of(Path.of(value(arguments, ++i)));
        case "--terminal" -> terminal = true;
        case "--colours" -> colours = true;
        default -> throw new DemoException("'" + arguments[i] + "' is no option: run ./demo");
      }
    }
    if (!root.isAbsolute() || !work.isAbsolute()) {
      throw new DemoException("--root and --work need absolute paths: run ./demo");
    }
    return new DemoOptions(mode.equals("once"), root, work, mosquitto, terminal, colours);
  }

  private static String value(String[] arguments, int index) throws DemoException {
    if (index >= arguments.length) {
      throw new DemoException("'" + arguments[index - 1] + "' needs a value: run ./demo");
    }
    return arguments[index];
  }
}
