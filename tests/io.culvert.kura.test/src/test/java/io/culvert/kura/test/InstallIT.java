// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.TunnelEnd;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** A package that is installed in Kura, and what is then configured there. */
class InstallIT {
  private static final String[] SINGLETONS = {Rig.BRIDGE, Rig.MANAGER, Rig.MAPPINGS};

  @TempDir private Path folder;
  private Gateway gateway;
  private Rig rig;

  @BeforeEach
  void install() throws Exception {
    rig = new Rig(folder);
    gateway = Gateway.withKura(folder.resolve("home"));
    gateway.kura().install(PackageFile.BUILT);
  }

  @AfterEach
  void close() throws Exception {
    gateway.close();
    rig.close();
  }

  @Test
  void everyBundleIsActiveAndTheAdapterIsFirst() {
    List<Bundle> bundles = gateway.culvert();
    assertThat(bundles)
        .extracting(Bundle::getSymbolicName)
        .containsExactlyElementsOf(PackageFile.ADAPTER_FIRST);
    assertThat(bundles).extracting(Bundle::getState).containsOnly(Bundle.ACTIVE);
    assertThat(gateway.kura().packages()).containsOnlyKeys(PackageFile.NAME);
  }

  @Test
  void singletonsAreListedWithTheirDefaults() throws Exception {
    awaitSingletons();
    for (String pid : SINGLETONS) {
      assertThat(gateway.kura().configuration(pid))
          .containsEntry("kura.service.pid", pid)
          .containsEntry("service.pid", pid);
    }
    assertThat(gateway.kura().configuration(Rig.MANAGER)).containsEntry("tls.verify.chain", true);
    assertThat(gateway.kura().factories()).containsExactly(Rig.FACTORY);
  }

  @Test
  void configurationAloneMakesTunnelsThatCarryData() throws Exception {
    awaitSingletons();
    rig.configure(gateway);
    gateway.kura().create(Rig.FACTORY, "gate", rig.tunnel(TunnelEnd.DESTINATION));
    gateway.kura().create(Rig.FACTORY, "desk", rig.tunnel(TunnelEnd.SOURCE));
    gateway.awaitConnected("gate");
    gateway.awaitConnected("desk");
    try (Exchange exchange = new Exchange(gateway.tunnel("desk").port())) {
      exchange.bytes(3_000_000);
    }
    assertThat(rig.emulator().violations()).isEmpty();
  }

  private void awaitSingletons() throws Exception {
    Eventually.holds(
        () -> assertThat(gateway.kura().components()).containsExactlyInAnyOrder(SINGLETONS));
  }
}
