// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import io.culvert.launcher.reference.InputException;
import io.culvert.launcher.reference.OptionValue;
import io.culvert.launcher.reference.ReferenceOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Turns arguments into option values, and writes the help. Its messages never repeat an argument
 * that may be a token.
 */
final class CommandLineParser {
  private final CommandLine commandLine;

  CommandLineParser() {
    CommandSpec spec = CommandSpec.create().name("localproxy");
    HelpText.describe(spec.usageMessage());
    for (ReferenceOption option : ReferenceOption.values()) {
      spec.addOption(specification(option));
    }
    commandLine =
        new CommandLine(spec)
            .setExpandAtFiles(false)
            .setAbbreviatedOptionsAllowed(true)
            .setInterpolateVariables(false)
            .setUsageHelpAutoWidth(false)
            .setUsageHelpLongOptionsMaxWidth(34);
  }

  private static OptionSpec specification(ReferenceOption option) {
    String name = "--" + option.longName();
    OptionSpec.Builder builder =
        option
            .shortName()
            .map(letter -> OptionSpec.builder("-" + letter, name))
            .orElseGet(() -> OptionSpec.builder(name));
    if (option.isFlag()) {
      builder.type(boolean.class).arity("0");
    } else {
      builder.type(String.class).arity("1").paramLabel(HelpText.label(option));
    }
    return builder.description(HelpText.description(option)).build();
  }

  /** Returns the text of {@code --help}. */
  String help() {
    return commandLine.getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  /**
   * Parses arguments.
   *
   * @throws InputException if there is an unknown option, a missing value, or an option twice.
   */
  Map<ReferenceOption, OptionValue> parse(List<String> arguments) {
    CommandLine.ParseResult result;
    try {
      result = commandLine.parseArgs(arguments.toArray(new String[0]));
    } catch (CommandLine.ParameterException e) {
      // Picocli's own messages repeat arguments, so they are neither shown nor kept as the cause.
      throw new InputException(explain(e) + " (see localproxy --help)");
    }
    Map<ReferenceOption, OptionValue> values = new EnumMap<>(ReferenceOption.class);
    for (ReferenceOption option : ReferenceOption.values()) {
      String name = "--" + option.longName();
      if (result.hasMatchedOption(name)) {
        Object value = result.matchedOption(name).getValue();
        values.put(option, new OptionValue(option, String.valueOf(value), name));
      }
    }
    return values;
  }

  private static String explain(CommandLine.ParameterException e) {
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      return UnknownArguments.explain(unmatched);
    }
    if (e instanceof CommandLine.OverwrittenOptionException overwritten) {
      return name(overwritten.getOverwritten()) + ": may be given only once";
    }
    if (e instanceof CommandLine.MissingParameterException missing
        && !missing.getMissing().isEmpty()) {
      return name(missing.getMissing().get(0)) + ": must be followed by a value";
    }
    if (e.getArgSpec() != null) {
      return name(e.getArgSpec()) + ": takes no value";
    }
    return "an option is shortened too far, or has a value and takes none";
  }

  private static String name(CommandLine.Model.ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
