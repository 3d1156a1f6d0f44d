// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.TunnelEnd;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** A package that is installed in Kura, and what is then configured there. */
class InstallIT extends KuraFixture {
  @BeforeEach
  void install() throws Exception {
    install(PackageFile.BUILT);
  }

  @Test
  void everyBundleIsActiveAndTheAdapterIsFirst() {
    assertAllActive();
    assertThat(gateway.culvert())
        .extracting(Bundle::getSymbolicName)
        .containsExactlyElementsOf(PackageFile.ADAPTER_FIRST);
    assertThat(kura().packages()).containsOnlyKeys(PackageFile.NAME);
  }

  @Test
  void singletonsAreListedWithTheirDefaults() throws Exception {
    assertThat(kura().components()).containsExactlyInAnyOrder(SINGLETONS);
    assertThat(kura().factories()).containsExactly(Rig.FACTORY);
    for (String pid : SINGLETONS) {
      assertThat(kura().configuration(pid))
          .containsEntry("kura.service.pid", pid)
          .containsEntry("service.pid", pid);
    }
    assertThat(kura().configuration(Rig.MANAGER))
        .containsEntry("tls.verify.chain", true)
        .doesNotContainKey("web.proxy");
  }

  @Test
  void configurationAloneMakesTunnelsThatCarryData() throws Exception {
    makeTunnels();
    try (Exchange exchange = exchange()) {
      exchange.bytes(4_000_000);
    }
    assertThat(kura().components()).contains(DESTINATION, SOURCE);
    assertThat(output.text()).contains("TRACE io.culvert.core.");
    assertThat(rig.emulator().violations()).isEmpty();
    assertThat(rig.emulator().refusals()).isEmpty();
  }

  @Test
  void whatIsSavedAgainDisturbsNothing() throws Exception {
    makeTunnels();
    try (Exchange exchange = exchange()) {
      for (int i = 0; i < 5; i++) {
        rig.configure(kura());
        // The same token is encrypted anew, and so is another value in ConfigAdmin.
        kura().update(DESTINATION, rig.tunnel(TunnelEnd.DESTINATION));
        kura().update(SOURCE, rig.tunnel(TunnelEnd.SOURCE));
      }
      exchange.bytes(100_000);
      assertThat(gateway.tunnel(DESTINATION).connects()).isEqualTo(1);
      assertThat(gateway.tunnel(SOURCE).connects()).isEqualTo(1);
    }
  }

  /** The double of Kura makes sure of each, and hands none on again. */
  @Test
  void everySaveReachesItsComponentThoughTheNextComesAtOnce() throws Exception {
    for (int i = 1; i <= 50; i++) {
      kura().update(Rig.BRIDGE, Map.of("backlog", i));
      kura().update(Rig.MANAGER, Map.of("ping.period", 1000 + i));
    }
  }

  @Test
  void aTunnelClosesWhenItsInstanceIsDeleted() throws Exception {
    makeTunnels();
    kura().delete(SOURCE);
    Eventually.holds(() -> assertThat(gateway.tunnels()).hasSize(1));
    assertThat(kura().components()).contains(DESTINATION).doesNotContain(SOURCE);
  }

  @Test
  void anInstanceIsThereAtOnceThoughItCannotConnect() throws Exception {
    kura().create(Rig.FACTORY, "empty", Map.of());
    assertThat(kura().components()).contains("empty");
    assertThat(gateway.tunnel("empty").failure()).isEqualTo("CLV-CONFIG");
    kura().delete("empty");
  }
}
