// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.kura.test.control.DeploymentFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** A package with bundles that somebody else has installed. */
class ConflictIT extends KuraFixture {
  /** Of the Deployment Admin: a bundle belongs to another package, or to none. */
  private static final int SHARING_VIOLATION = 460;

  @Test
  void aBundleOfAnotherPackageIsRefusedAndNothingChanges() throws Exception {
    install(PackageFile.BUILT);
    makeTunnels();
    try (Exchange exchange = exchange()) {
      Path other = new PackageFile("other", "5.0.0", PackageFile.ADAPTER_FIRST).in(folder);
      assertRefused(other);
      assertAllActive();
      assertThat(kura().packages()).containsOnlyKeys(PackageFile.NAME);
      exchange.bytes(100_000);
    }
  }

  @Test
  void aBundleThatWasInstalledAloneIsRefused() throws Exception {
    gateway.install(api());
    assertRefused(PackageFile.BUILT);
    assertThat(kura().packages()).isEmpty();
    assertThat(gateway.culvert()).hasSize(1);
  }

  private void assertRefused(Path file) {
    assertThatThrownBy(() -> kura().install(file))
        .asInstanceOf(InstanceOfAssertFactories.type(DeploymentFailedException.class))
        .returns(SHARING_VIOLATION, DeploymentFailedException::code);
  }

  private Path api() throws IOException {
    Path file = folder.resolve("api.jar");
    try (JarFile built = new JarFile(PackageFile.BUILT.toFile());
        InputStream in = built.getInputStream(built.getEntry("bundles/io.culvert.api.jar"))) {
      Files.copy(in, file);
    }
    return file;
  }
}
