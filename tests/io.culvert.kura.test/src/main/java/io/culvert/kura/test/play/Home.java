// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.play;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.eclipse.kura.system.SystemService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The folders that a gateway has from one start to the next. Safe for all threads. */
@Component(
    name = "io.culvert.kura.test.play.Home",
    service = {Home.class, SystemService.class})
public final class Home implements SystemService {
  /** The framework property that names the folder of all. */
  static final String PROPERTY = "kura.home";

  private final Path root;

  /**
   * Begins with what is there.
   *
   * @param context knows the framework's properties.
   */
  @Activate
  public Home(BundleContext context) {
    root = Path.of(Objects.requireNonNull(context.getProperty(PROPERTY), PROPERTY));
  }

  @Override
  public String getKuraDataDirectory() {
    return folder("data").toString();
  }

  /** Returns a folder, which is there. */
  Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
