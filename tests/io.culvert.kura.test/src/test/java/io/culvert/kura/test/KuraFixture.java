// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.kura.test.control.KuraControl;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/**
 * A gateway with Kura and no package, and the service that its tunnels connect to. Whatever a test
 * does, no token is printed.
 */
abstract class KuraFixture {
  /** Both ends of the rig's tunnel. */
  static final String DESTINATION = "gate";

  static final String SOURCE = "desk";

  static final String[] SINGLETONS = {
    Rig.BRIDGE, Rig.MANAGER, Rig.MAPPINGS, Rig.SINK, Rig.NOTIFICATIONS
  };

  @TempDir Path folder;
  Gateway gateway;
  Rig rig;
  final Output output = new Output();

  @BeforeEach
  void open() throws Exception {
    rig = new Rig(folder);
    gateway = Gateway.withKura(home());
  }

  @AfterEach
  void close() throws Exception {
    try (output) {
      Set<String> secrets = Secrets.in(folder);
      secrets.addAll(rig.tokens());
      gateway.close();
      rig.close();
      output.assertHoldsNone(secrets);
    }
  }

  final Path home() {
    return folder.resolve("home");
  }

  final KuraControl kura() {
    return gateway.kura();
  }

  /** Installs a package and waits until what can be configured is listed. */
  final void install(Path file) throws Exception {
    kura().install(file);
    awaitSingletons();
  }

  final void awaitSingletons() throws Exception {
    Eventually.holds(() -> assertThat(kura().components()).contains(SINGLETONS));
  }

  /** Makes both ends of the tunnel, by configuration alone. */
  final void makeTunnels() throws Exception {
    rig.configure(kura());
    kura().create(Rig.FACTORY, DESTINATION, rig.tunnel(TunnelEnd.DESTINATION));
    kura().create(Rig.FACTORY, SOURCE, rig.tunnel(TunnelEnd.SOURCE));
    awaitTunnels();
  }

  final void awaitTunnels() throws Exception {
    gateway.awaitConnected(DESTINATION);
    gateway.awaitConnected(SOURCE);
  }

  /** Connects to the application through the tunnel, and exchanges bytes of which none is lost. */
  final Exchange exchange() throws Exception {
    return new Exchange(gateway.tunnel(SOURCE).port()).bytes(1_000_000);
  }

  final void assertAllActive() {
    List<Bundle> bundles = gateway.culvert();
    assertThat(bundles)
        .extracting(Bundle::getSymbolicName)
        .containsExactlyInAnyOrderElementsOf(PackageFile.ADAPTER_FIRST);
    assertThat(bundles).extracting(Bundle::getState).containsOnly(Bundle.ACTIVE);
  }

  final void assertVersion(String version) {
    assertAllActive();
    assertThat(gateway.culvert())
        .extracting(bundle -> bundle.getVersion().toString())
        .containsOnly(version);
    assertThat(kura().packages()).containsEntry(PackageFile.NAME, version);
  }
}
