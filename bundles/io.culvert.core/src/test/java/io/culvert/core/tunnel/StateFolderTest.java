// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.StateDirectory;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;

class StateFolderTest {
  private static final Path CONFIGURED = Path.of("/configured");
  private static final Path PLATFORM = Path.of("/data/culvert");

  @Test
  void whatIsConfiguredGoesBeforeThePlatformAndThatBeforeTheProperty() {
    StateFolder folder = new StateFolder(context("/property"));
    assertThat(folder.path(CONFIGURED)).isEqualTo(CONFIGURED);
    assertThat(folder.path(null)).isEqualTo(Path.of("/property"));

    folder.setPlatform(() -> PLATFORM);
    assertThat(folder.path(CONFIGURED)).isEqualTo(CONFIGURED);
    assertThat(folder.path(null)).isEqualTo(PLATFORM);
  }

  @Test
  void aPlatformThatGoesLeavesTheProperty() {
    StateFolder folder = new StateFolder(context("/property"));
    StateDirectory platform = () -> PLATFORM;
    StateDirectory another = () -> CONFIGURED;
    folder.setPlatform(platform);
    folder.unsetPlatform(another);
    assertThat(folder.path(null)).isEqualTo(PLATFORM);

    folder.unsetPlatform(platform);
    assertThat(folder.path(null)).isEqualTo(Path.of("/property"));
  }

  @Test
  void withoutAnyOfThemNothingIsKept() {
    assertThat(new StateFolder(context(null)).path(null)).isNull();
    assertThat(new StateFolder(context(" ")).path(null)).isNull();
  }

  private static BundleContext context(@Nullable String property) {
    return (BundleContext)
        Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> property);
  }
}
