// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A package that is removed while its tunnels are in use. */
class UninstallIT extends KuraFixture {
  @BeforeEach
  void use() throws Exception {
    install(PackageFile.BUILT);
    makeTunnels();
  }

  @Test
  void removingItEndsConnectionsAndLeavesNothingThatRuns() throws Exception {
    int port = gateway.tunnel(SOURCE).port();
    try (Exchange exchange = exchange()) {
      kura().uninstall(PackageFile.NAME);
      exchange.assertEnds();
    }
    assertThat(kura().packages()).isEmpty();
    assertThat(kura().components()).isEmpty();
    assertThat(kura().factories()).isEmpty();
    Leftovers.assertNone(gateway);
    Leftovers.assertFree(port);
  }

  @Test
  void configurationsStayWithKuraSoThatItCanComeBack() throws Exception {
    kura().uninstall(PackageFile.NAME);
    assertThat(configurations()).hasSize(SINGLETONS.length + 2);

    install(PackageFile.BUILT);
    awaitTunnels();
    exchange().close();
    assertThat(rig.emulator().refusals()).isEmpty();
  }

  @Test
  void instancesThatAreDeletedBeforeDoNotComeBack() throws Exception {
    kura().delete(DESTINATION);
    kura().delete(SOURCE);
    kura().uninstall(PackageFile.NAME);
    assertThat(configurations()).hasSize(SINGLETONS.length);

    install(PackageFile.BUILT);
    assertThat(kura().components()).containsExactlyInAnyOrder(SINGLETONS);
    assertThat(gateway.tunnels()).isEmpty();
  }

  /** Returns the PIDs of Culvert's configurations in ConfigAdmin. */
  private Stream<String> configurations() throws Exception {
    Object[] all =
        (Object[])
            Foreign.call(
                gateway.context(),
                "org.osgi.service.cm.ConfigurationAdmin",
                "listConfigurations",
                "(service.pid=io.culvert.*)");
    return Arrays.stream(all).map(String::valueOf);
  }
}
