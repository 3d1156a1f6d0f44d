// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import io.culvert.launcher.reference.ConfigFile;
import io.culvert.launcher.reference.Items;
import io.culvert.launcher.reference.Notice;
import io.culvert.launcher.reference.OptionValue;
import io.culvert.launcher.reference.ReferenceOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads all arguments, files and variables of one call of the program. */
public final class RequestReader {
  private final String version;
  private final Surroundings surroundings;

  /**
   * Makes a reader.
   *
   * @param version what {@code --version} shows.
   * @param surroundings where files and variables are looked up.
   */
  public RequestReader(String version, Surroundings surroundings) {
    this.version = version;
    this.surroundings = surroundings;
  }

  /**
   * Reads and checks everything.
   *
   * @param arguments the arguments of the program.
   * @return what the user asks for.
   * @throws io.culvert.launcher.reference.InputException if something is wrong with any of it.
   */
  public Request read(List<String> arguments) {
    CommandLineParser parser = new CommandLineParser();
    Map<ReferenceOption, OptionValue> options = parser.parse(arguments);
    if (options.containsKey(ReferenceOption.VERSION)) {
      return new Request.Show(version);
    }
    if (options.containsKey(ReferenceOption.HELP)) {
      return new Request.Show(parser.help().stripTrailing());
    }
    OptionValue export = options.get(ReferenceOption.EXPORT_DEFAULT_SETTINGS);
    if (export != null) {
      return new Request.Export(surroundings.resolve(Checks.notEmpty(export)));
    }
    List<Notice> notices = new ArrayList<>();
    Map<ReferenceOption, OptionValue> file = Map.of();
    OptionValue config = options.get(ReferenceOption.CONFIG);
    if (config != null) {
      ConfigFile content = ConfigFile.read(surroundings.resolve(Checks.notEmpty(config)));
      file = content.values();
      notices.addAll(Items.strict(content.items()));
    }
    if (options.containsKey(ReferenceOption.ACCESS_TOKEN)) {
      notices.add(
          Notice.warning(
              "--access-token: the token stays visible in the shell's history; better give it in"
                  + " AWSIOT_TUNNEL_ACCESS_TOKEN"));
    }
    OptionLayers layers =
        new OptionLayers(List.of(options, file, OptionLayers.environment(surroundings)));
    return new Request.Run(new PlanBuilder(layers, surroundings, notices).build());
  }
}
