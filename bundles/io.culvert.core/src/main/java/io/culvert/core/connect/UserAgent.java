// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;

/** The {@code User-Agent} header: which program, on what. */
final class UserAgent {
  /** The value, made once. */
  static final String VALUE =
      "culvert/"
          + version()
          + " ("
          + visible(System.getProperty("os.name", "unknown"))
          + "; Java "
          + visible(System.getProperty("java.version", "unknown"))
          + ")";

  private UserAgent() {}

  private static String version() {
    Bundle bundle = FrameworkUtil.getBundle(UserAgent.class);
    if (bundle == null) {
      return "dev";
    }
    Version version = bundle.getVersion();
    return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
  }

  private static String visible(String text) {
    return text.replaceAll("[^\\x20-\\x7e]|[();]", "_");
  }
}
