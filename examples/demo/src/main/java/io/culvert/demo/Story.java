// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.display.Ink;
import io.culvert.demo.display.Screen;

/** Tells the user what happens, in numbered steps. For one thread; events may come from any. */
final class Story {
  private final Screen screen;
  private final Ink ink;
  private int step;

  Story(Screen screen, Ink ink) {
    this.screen = screen;
    this.ink = ink;
  }

  Screen screen() {
    return screen;
  }

  /** Begins the next step. */
  void step(String text) {
    step++;
    screen.say("");
    screen.say(ink.bold(step + ". " + text));
  }

  /** Explains, one line each. */
  void tell(String... lines) {
    for (String line : lines) {
      screen.say("   " + line);
    }
  }

  /** Shows what to type. */
  void type(String command) {
    screen.say("     " + ink.bold(command));
  }

  /** Prints a line at the margin. */
  void say(String line) {
    screen.say(line);
  }

  /** Says that something went well. */
  void success(String line) {
    screen.say("   " + ink.good("✓ ") + line);
  }

  /** Says what failed. */
  void failure(String line) {
    screen.say(ink.bad("✗ Failed: ") + line);
  }
}
