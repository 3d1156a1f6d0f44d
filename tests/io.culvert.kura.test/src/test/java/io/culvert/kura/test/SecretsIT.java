// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.TunnelEnd;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;

/**
 * Tokens as they reach a tunnel. One that was not decrypted would be refused by the service, which
 * remembers that.
 */
class SecretsIT extends KuraFixture {
  private static final String TOKEN = "access.token";

  static Stream<List<String>> orders() {
    return Stream.of(PackageFile.ADAPTER_FIRST, PackageFile.ADAPTER_LAST);
  }

  private void installIn(List<String> order) throws Exception {
    install(packageIn(order));
    rig.configure(kura());
  }

  private Path packageIn(List<String> order) throws Exception {
    return new PackageFile(PackageFile.NAME, "1.0.0", order).in(folder);
  }

  @AfterEach
  void noneWasRefused() {
    assertThat(rig.emulator().refusals()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("orders")
  void anEncryptedTokenIsDecrypted(List<String> order) throws Exception {
    installIn(order);
    create(kura().encrypt(rig.token(TunnelEnd.DESTINATION)));
    gateway.awaitConnected(DESTINATION);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void aTokenThatIsEnteredLaterIsEncryptedByKura(List<String> order) throws Exception {
    installIn(order);
    kura().create(Rig.FACTORY, DESTINATION, Map.of());
    kura().update(DESTINATION, Map.of(TOKEN, rig.token(TunnelEnd.DESTINATION)));
    assertThat(kura().configuration(DESTINATION).get(TOKEN))
        .isNotEqualTo(rig.token(TunnelEnd.DESTINATION));
    gateway.awaitConnected(DESTINATION);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void aClearTokenIsTakenAsItIs(List<String> order) throws Exception {
    installIn(order);
    create(token(false));
    gateway.awaitConnected(DESTINATION);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void aClearTokenWithHyphenIsTakenAsItIs(List<String> order) throws Exception {
    installIn(order);
    create(token(true));
    gateway.awaitConnected(DESTINATION);
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedTokenIsNeverUsed(Damage damage) throws Exception {
    installIn(PackageFile.ADAPTER_FIRST);
    create(damage.to(kura().encrypt(rig.token(TunnelEnd.DESTINATION))));
    assertRefused();

    // Kura encrypts what it cannot decrypt, as soon as the form is saved.
    kura().update(DESTINATION, Map.of(TOKEN, kura().configuration(DESTINATION).get(TOKEN)));
    assertRefused();

    kura().update(DESTINATION, Map.of(TOKEN, rig.token(TunnelEnd.DESTINATION)));
    gateway.awaitConnected(DESTINATION);
    assertThat(rig.emulator().refusals()).isEmpty();
  }

  @Test
  void aDamagedTokenIsNotUsedBeforeTheAdapterComesEither() throws Exception {
    installIn(PackageFile.ADAPTER_LAST);
    create(Damage.TEXT.to(kura().encrypt(rig.token(TunnelEnd.DESTINATION))));
    assertRefused();
    install(new PackageFile(PackageFile.NAME, "1.1.0", PackageFile.ADAPTER_LAST).in(folder));
    assertRefused();
  }

  private void assertRefused() throws Exception {
    Eventually.holds(
        () -> {
          TunnelView tunnel = gateway.tunnel(DESTINATION);
          assertThat(tunnel.state()).isEqualTo("FAILED");
          assertThat(tunnel.failure()).isEqualTo("CLV-SECRET");
          assertThat(tunnel.connects()).isZero();
        });
  }

  @ParameterizedTest
  @MethodSource("orders")
  void tokensOfTheSnapshotAreDecryptedAfterRestart(List<String> order) throws Exception {
    installIn(order);
    create(rig.token(TunnelEnd.DESTINATION));
    kura().update(DESTINATION, Map.of(TOKEN, rig.token(TunnelEnd.DESTINATION)));
    gateway.awaitConnected(DESTINATION);
    for (int i = 0; i < 3; i++) {
      gateway.close();
      gateway = Gateway.withKura(home());
      Eventually.holds(() -> assertThat(gateway.isSettled()).isTrue());
      gateway.awaitConnected(DESTINATION);
      assertThat(rig.emulator().refusals()).isEmpty();
    }
  }

  @Test
  void withoutTheAdapterATunnelWaits() throws Exception {
    installIn(PackageFile.ADAPTER_FIRST);
    Bundle adapter = gateway.culvert().get(0);
    create(kura().encrypt(rig.token(TunnelEnd.DESTINATION)));
    gateway.awaitConnected(DESTINATION);
    assertThat(adapter.getSymbolicName()).isEqualTo("io.culvert.kura");

    Bundle core = gateway.culvert().get(2);
    core.stop();
    adapter.stop();
    core.start();
    Eventually.holds(() -> assertThat(gateway.tunnel(DESTINATION).state()).isEqualTo("WAITING"));
    assertThat(gateway.tunnel(DESTINATION).connects()).isZero();

    adapter.start();
    gateway.awaitConnected(DESTINATION);
  }

  private void create(String token) throws Exception {
    Map<String, Object> values = new HashMap<>(rig.tunnel(TunnelEnd.DESTINATION));
    values.put(TOKEN, token);
    kura().create(Rig.FACTORY, DESTINATION, values);
  }

  private String token(boolean hyphen) {
    return rig.open(token -> token.contains("-") == hyphen, Rig.SERVICE)
        .accessToken(TunnelEnd.DESTINATION)
        .reveal();
  }
}
