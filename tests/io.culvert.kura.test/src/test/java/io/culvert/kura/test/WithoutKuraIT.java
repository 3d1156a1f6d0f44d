// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.TunnelEnd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** A framework that has no package of Kura. */
class WithoutKuraIT {
  @TempDir private Path folder;
  private Rig rig;
  private Gateway gateway;
  private final Output output = new Output();

  @BeforeEach
  void open() throws Exception {
    rig = new Rig(folder);
    gateway = Gateway.withoutKura(folder.resolve("home"));
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

  @Test
  void apiAndCoreAloneCarryData() throws Exception {
    for (String bundle : List.of("io.culvert.api", "io.culvert.core")) {
      gateway.install(extracted(bundle));
    }
    assertCarriesData();
    assertThat(gateway.culvert()).extracting(Bundle::getState).containsOnly(Bundle.ACTIVE);
  }

  @Test
  void inThePackageTheAdapterStaysUnresolvedAndTheOthersCarryData() throws Exception {
    try (InputStream in = Files.newInputStream(PackageFile.BUILT)) {
      Foreign.call(
          gateway.context(),
          "org.osgi.service.deploymentadmin.DeploymentAdmin",
          "installDeploymentPackage",
          in);
    }
    assertThat(gateway.culvert())
        .extracting(Bundle::getState)
        .containsExactly(Bundle.INSTALLED, Bundle.ACTIVE, Bundle.ACTIVE);
    assertCarriesData();
  }

  private void assertCarriesData() throws Exception {
    assertThat(
            Arrays.stream(gateway.context().getBundles()).flatMap(each -> exports(each).stream()))
        .isNotEmpty()
        .noneMatch(name -> name.startsWith("org.eclipse.kura"));
    configure(false, Rig.MANAGER, rig.manager());
    configure(false, Rig.MAPPINGS, rig.mappings());
    configure(true, Rig.FACTORY, named("gate", TunnelEnd.DESTINATION));
    configure(true, Rig.FACTORY, named("desk", TunnelEnd.SOURCE));
    Eventually.holds(() -> assertThat(gateway.tunnels()).hasSize(2));
    gateway.awaitConnected("gate");
    try (Exchange exchange = new Exchange(gateway.awaitConnected("desk").port())) {
      exchange.bytes(1_000_000);
    }
    assertThat(rig.emulator().violations()).isEmpty();
  }

  private static List<String> exports(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    return wiring == null
        ? List.of()
        : wiring.getCapabilities("osgi.wiring.package").stream()
            .map(each -> each.getAttributes().get("osgi.wiring.package").toString())
            .toList();
  }

  private Map<String, Object> named(String name, TunnelEnd end) {
    Map<String, Object> values = rig.tunnel(end);
    values.put("name", name);
    return values;
  }

  private void configure(boolean factory, String pid, Map<String, Object> values) throws Exception {
    Object configuration =
        Foreign.call(
            gateway.context(),
            "org.osgi.service.cm.ConfigurationAdmin",
            factory ? "createFactoryConfiguration" : "getConfiguration",
            pid,
            "?");
    new Foreign(configuration).call("update", new Hashtable<>(values));
  }

  private Path extracted(String bundle) throws IOException {
    Path file = folder.resolve(bundle + ".jar");
    try (JarFile built = new JarFile(PackageFile.BUILT.toFile());
        InputStream in = built.getInputStream(built.getEntry("bundles/" + bundle + ".jar"))) {
      Files.copy(in, file);
    }
    return file;
  }
}
