// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ConfigurationState;
import io.culvert.api.ErrorCode;
import io.culvert.api.Secret;
import io.culvert.api.SecretDecoder;
import io.culvert.api.SecretDecodingException;
import io.culvert.config.Reading;
import io.culvert.config.SecretValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Secrets that Kura keeps are encrypted, and nothing is done with one that is not decoded. */
class SecretValuesTest {
  private static final Map<String, Object> ENCRYPTED =
      Map.of("kura.service.pid", "support", "access.token", "cipher", "name", "cipher");

  private static final String WAITS =
      "access.token: is encrypted, and waits for a service io.culvert.api.SecretDecoder";

  private final SecretValues secrets = new SecretValues();

  @Test
  void aConfigurationOfKuraWaitsForTheDecoder() {
    Reading<TunnelConfig> reading = secrets.read(TunnelConfig.SCHEMA, ENCRYPTED);

    assertThat(reading.settings()).isNull();
    assertThat(reading.state()).isEqualTo(ConfigurationState.WAITING);
    assertThat(reading.code()).isEqualTo(ErrorCode.SECRET);
    assertThat(reading.reason()).isEqualTo(WAITS);
  }

  @Test
  void secretsAreDecodedAndNothingElse() {
    secrets.setDecoder(value -> Secret.of("clear-" + value));

    TunnelConfig config = secrets.read(TunnelConfig.SCHEMA, ENCRYPTED).orThrow();

    assertThat(config.accessToken()).isEqualTo(Secret.of("clear-cipher"));
    assertThat(config.name()).isEqualTo("cipher");
  }

  @Test
  void whatCannotBeDecodedIsRefusedWithItsReasonAlone() {
    secrets.setDecoder(
        value -> {
          throw new SecretDecodingException("damaged");
        });

    Reading<TunnelConfig> reading = secrets.read(TunnelConfig.SCHEMA, ENCRYPTED);

    assertThat(reading.state()).isEqualTo(ConfigurationState.REFUSED);
    assertThat(reading.code()).isEqualTo(ErrorCode.SECRET);
    assertThat(reading.reason()).isEqualTo("access.token: cannot be decoded: damaged");
  }

  /** Kura's own cipher throws such exceptions, whose messages hold the value. */
  @Test
  void aDecoderThatFailsOtherwiseIsNotQuoted() {
    secrets.setDecoder(
        value -> {
          throw new IllegalArgumentException("bad: " + value);
        });

    assertThat(secrets.read(TunnelConfig.SCHEMA, ENCRYPTED).reason())
        .isEqualTo("access.token: cannot be decoded: IllegalArgumentException");
  }

  @Test
  void aFollowerThatFailsKeepsNobodyFromHearing() {
    List<String> heard = new ArrayList<>();
    secrets.follow(
        () -> {
          throw new IllegalStateException("by the test");
        });
    secrets.follow(() -> heard.add("second"));

    secrets.setDecoder(Secret::of);

    assertThat(heard).containsExactly("second");
  }

  @Test
  void whatKuraDoesNotKeepIsClear() {
    Map<String, Object> plain = Map.of("access.token", "token");

    assertThat(secrets.read(TunnelConfig.SCHEMA, plain).orThrow().accessToken())
        .isEqualTo(Secret.of("token"));
  }

  @Test
  void withoutSecretsThereIsNothingToWaitFor() {
    Map<String, Object> properties = Map.of("kura.service.pid", "manager", "web.proxy", " ");

    assertThat(secrets.read(TunnelSettings.SCHEMA, properties).settings()).isNotNull();
  }

  @Test
  void followersHearOfADecoderAndOneThatLeavesIsAskedNoMore() {
    List<String> heard = new ArrayList<>();
    Runnable follower = () -> heard.add("changed");
    SecretDecoder decoder = Secret::of;
    secrets.follow(follower);

    secrets.setDecoder(decoder);
    secrets.unsetDecoder(decoder);
    secrets.unfollow(follower);
    secrets.setDecoder(decoder);
    secrets.unsetDecoder(Secret::of);

    assertThat(heard).containsExactly("changed");
    assertThat(secrets.read(TunnelConfig.SCHEMA, ENCRYPTED).settings()).isNotNull();
  }
}
