// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * What the name of a configuration file stands for: {@code PID.cfg.json}, or {@code
 * FACTORY~NAME.cfg.json} for one of several of a kind.
 *
 * @param file the name of the file.
 * @param pid the PID, of the factory if there is a name.
 * @param name the name, null for a singleton.
 */
public record ConfName(String file, String pid, @Nullable String name) {
  /** What to say of a file that {@link #isMisnamed}. */
  static final String MISNAMED_FILE =
      "is not read; a name must be PID.cfg.json or PID~NAME.cfg.json";

  private static final Pattern SYNTAX =
      Pattern.compile("([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*)(?:~([A-Za-z0-9._-]+))?\\.cfg\\.json");
  private static final Pattern MISNAMED = Pattern.compile("[^.].*\\.(json|cfg|config)");

  /**
   * Reads the name of a file.
   *
   * @return nothing if the file is not for us.
   */
  public static Optional<ConfName> parse(String file) {
    Matcher matcher = SYNTAX.matcher(file);
    return matcher.matches()
        ? Optional.of(new ConfName(file, matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** Returns the name of the file that a configuration is in, if it is in one. */
  static String fileOf(String fullPid) {
    return fullPid + ".cfg.json";
  }

  /** Returns whether somebody may have meant a file for us whose name is not of our kind. */
  static boolean isMisnamed(String file) {
    return parse(file).isEmpty() && MISNAMED.matcher(file).matches();
  }

  /** Returns the PID of the configuration. */
  public String fullPid() {
    return name == null ? pid : pid + "~" + name;
  }

  /** Returns the configuration, which is new if there was none. */
  Configuration in(ConfigurationAdmin admin) throws IOException {
    return name == null
        ? admin.getConfiguration(pid, "?")
        : admin.getFactoryConfiguration(pid, name, "?");
  }
}
