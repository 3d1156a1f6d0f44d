// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.TunnelEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A gateway that starts again: the framework's storage is empty, Kura's own folders are not. */
class RestartIT extends KuraFixture {
  @Test
  void packageConfigurationsAndTunnelsComeBack() throws Exception {
    install(PackageFile.BUILT);
    makeTunnels();
    Map<String, String> tokens = clientTokens();
    Map<String, Object> manager = kura().configuration(Rig.MANAGER);

    restart();

    awaitTunnels();
    assertAllActive();
    exchange().close();
    assertThat(kura().components())
        .hasSize(SINGLETONS.length + 2)
        .contains(SINGLETONS)
        .contains(DESTINATION, SOURCE);
    assertThat(known(kura().configuration(Rig.MANAGER))).isEqualTo(known(manager));
    assertThat(tokens).hasSize(2);
    assertThat(clientTokens()).isEqualTo(tokens);
    assertThat(output.text()).doesNotContain("no folder for client tokens");
    assertThat(rig.emulator().refusals()).isEmpty();
    assertThat(rig.emulator().violations()).isEmpty();
  }

  @Test
  void theNewestPackageComesBack() throws Exception {
    install(PackageFile.version("1.0.0").in(folder));
    install(PackageFile.version("1.1.0").in(folder));
    restart();
    awaitSingletons();
    assertVersion("1.1.0");
  }

  @Test
  void aRemovedPackageDoesNotComeBack() throws Exception {
    install(PackageFile.BUILT);
    kura().uninstall(PackageFile.NAME);
    restart();
    assertThat(kura().packages()).isEmpty();
    assertThat(gateway.culvert()).isEmpty();
  }

  @Test
  void whatWasInClearStaysSoUntilItIsSaved() throws Exception {
    install(PackageFile.BUILT);
    makeTunnels();
    String clear = rig.token(TunnelEnd.DESTINATION);
    assertThat(kura().configuration(DESTINATION)).containsEntry("access.token", clear);

    restart();

    awaitTunnels();
    assertThat(kura().configuration(DESTINATION)).containsEntry("access.token", clear);
    kura().update(DESTINATION, Map.of("access.token", clear));
    restart();
    awaitTunnels();
    assertThat(kura().configuration(DESTINATION).get("access.token").toString())
        .contains("-")
        .doesNotContain(clear);
  }

  @Test
  void itCanBeStartedManyTimes() throws Exception {
    install(PackageFile.BUILT);
    makeTunnels();
    for (int i = 0; i < 3; i++) {
      restart();
      awaitTunnels();
    }
    exchange().close();
    assertThat(kura().components()).hasSize(SINGLETONS.length + 2);
    assertThat(gateway.tunnels()).hasSize(2);
    assertThat(rig.emulator().refusals()).isEmpty();
  }

  private void restart() throws Exception {
    gateway.close();
    gateway = Gateway.withKura(home());
    Eventually.holds(() -> assertThat(gateway.isSettled()).isTrue());
  }

  /** Returns what the owner sees: without what ConfigAdmin adds. */
  private static Map<String, Object> known(Map<String, Object> configuration) {
    Map<String, Object> known = new HashMap<>(configuration);
    known.keySet().removeAll(List.of("service.bundleLocation"));
    return known;
  }

  /** Returns the files with client tokens, and what is in them. */
  private Map<String, String> clientTokens() throws IOException {
    Map<String, String> tokens = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(home().resolve("data"))) {
      for (Path file : tree.filter(each -> each.toString().endsWith(".client-token")).toList()) {
        tokens.put(home().relativize(file).toString(), Files.readString(file));
      }
    }
    return tokens;
  }
}
