// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import picocli.CommandLine.UnmatchedArgumentException;

/** Says which argument is unknown, without what may be a token. */
public final class UnknownArguments {
  private UnknownArguments() {}

  /** Returns one line, in place of Picocli's own message, which repeats the arguments. */
  public static String explain(UnmatchedArgumentException e) {
    return e.getUnmatched().stream()
        .filter(argument -> argument.startsWith("-"))
        .findFirst()
        .map(argument -> "'" + nameIn(argument) + "' is not an option")
        .orElse("there is an argument that belongs to no option");
  }

  /** Cuts off what may be a value: what follows {@code =}, and what follows a single letter. */
  private static String nameIn(String argument) {
    if (!argument.startsWith("--")) {
      return argument.substring(0, Math.min(2, argument.length()));
    }
    int equals = argument.indexOf('=');
    return equals < 0 ? argument : argument.substring(0, equals);
  }
}
