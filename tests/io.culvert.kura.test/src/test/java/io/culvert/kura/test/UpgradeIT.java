// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.TunnelEnd;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.wiring.BundleWiring;

/** Another version of a package that is installed and in use. */
class UpgradeIT extends KuraFixture {
  @BeforeEach
  void use() throws Exception {
    install(PackageFile.version("1.0.0").in(folder));
    makeTunnels();
  }

  @Test
  void anUpgradeEndsConnectionsAndTheTunnelsComeBack() throws Exception {
    assertThatReplacingEndsConnectionsAndTunnelsComeBack("1.1.0");
  }

  @Test
  void aDowngradeDoesTheSame() throws Exception {
    assertThatReplacingEndsConnectionsAndTunnelsComeBack("0.9.0");
  }

  private void assertThatReplacingEndsConnectionsAndTunnelsComeBack(String version)
      throws Exception {
    Map<String, Object> before = kura().configuration(DESTINATION);
    try (Exchange exchange = exchange()) {
      install(PackageFile.version(version).in(folder));
      exchange.assertEnds();
    }
    assertVersion(version);
    awaitTunnels();
    exchange().close();
    assertThat(kura().components()).contains(SINGLETONS).contains(DESTINATION, SOURCE);
    assertThat(kura().configuration(DESTINATION)).isEqualTo(before);
    assertThat(rig.emulator().refusals()).isEmpty();
    assertThat(rig.emulator().violations()).isEmpty();
  }

  @Test
  void theSameVersionAgainIsInOrder() throws Exception {
    install(PackageFile.version("1.0.0").in(folder));
    assertVersion("1.0.0");
    awaitTunnels();
    exchange().close();
  }

  @Test
  void oneUpgradeAfterTheOtherLeavesOneOfEverything() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      loaders.addAll(loaders());
      install(PackageFile.version("1." + i + ".0").in(folder));
      awaitTunnels();
    }
    assertVersion("1.4.0");
    assertThat(gateway.tunnels()).hasSize(2);
    Eventually.holds(() -> assertThat(Leftovers.threads()).doesNotHaveDuplicates());
    assertCollected(loaders.subList(0, loaders.size() / 2));
    for (TunnelEnd end : TunnelEnd.values()) {
      assertThat(rig.tunnel().isConnected(end)).isTrue();
    }
    exchange().close();
  }

  private List<WeakReference<ClassLoader>> loaders() {
    return gateway.culvert().stream()
        .map(bundle -> bundle.adapt(BundleWiring.class).getClassLoader())
        .map(WeakReference::new)
        .toList();
  }

  /** Looks at early ones only: Java 17 keeps the last one of which it has used a record. */
  private static void assertCollected(List<WeakReference<ClassLoader>> loaders) throws Exception {
    Eventually.holds(
        () -> {
          System.gc();
          assertThat(loaders).isNotEmpty().allMatch(loader -> loader.get() == null);
        });
  }
}
