// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.ConfigurationProblem;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are right, each for itself, but not together. */
class RelatedValuesTest {
  @Test
  void regionAndEndpointExcludeEachOther() {
    assertThatThrownBy(
            () -> TunnelSettings.SCHEMA.parse(Map.of("region", "us-east-1", "endpoint", "host:1")))
        .hasMessageContainingAll("region 'us-east-1'", "only one of", "host:1");
    assertThatThrownBy(
            () ->
                TunnelConfig.SCHEMA
                    .parse(Map.of("access.token", "t", "region", "us-east-1", "endpoint", "host:1"))
                    .spec("n"))
        .hasMessageContainingAll("region 'us-east-1'", "only one of", "endpoint is host:1");
  }

  @Test
  void theFirstDelayIsNotLongerThanTheLongest() {
    assertThatThrownBy(() -> TunnelSettings.SCHEMA.parse(Map.of("retry.delay", 120_000)))
        .hasMessage("retry.delay '120000': must be at most retry.max.delay, which is 60000");
    assertThatThrownBy(() -> TunnelSettings.SCHEMA.parse(Map.of("retry.max.delay", 500)))
        .hasMessage("retry.max.delay '500': must be at least retry.delay, which is 1000");
    assertThatThrownBy(
            () -> TunnelSettings.SCHEMA.parse(Map.of("retry.delay", 120_000, "retry.max.delay", 0)))
        .hasMessage("retry.max.delay '0': must be a whole number of 1 to 86400000 ms");
    assertThat(
            TunnelSettings.SCHEMA
                .parse(Map.of("retry.delay", 5000, "retry.max.delay", 5000))
                .retry()
                .delay()
                .first())
        .hasSeconds(5);
  }

  /** Each bounds the one before, so what is greater is no contradiction, but has no effect. */
  @ParameterizedTest
  @CsvSource({
    "buffer.connection, 16384, buffer.tunnel, 8192",
    "buffer.tunnel, 16384, buffer.total, 2048"
  })
  void aBufferThatIsGreaterThanWhatItIsAPartOfIsAWarning(
      String inner, int size, String outer, int bound) {
    assertThat(StreamSettings.SCHEMA.read(Map.of(inner, size, outer, bound)).warnings())
        .singleElement()
        .asString()
        .isEqualTo(inner + " '" + size + "': counts only up to " + outer + ", which is " + bound);
  }

  @Test
  void aBufferThatNobodyHasConfiguredGivesWay() {
    assertThat(StreamSettings.SCHEMA.read(Map.of("buffer.tunnel", 1024)).warnings()).isEmpty();
    assertThat(StreamSettings.SCHEMA.read(Map.of("buffer.total", 1024)).warnings()).isEmpty();
    assertThat(StreamSettings.SCHEMA.read(Map.of("buffer.tunnel", 1 << 20)).warnings()).isEmpty();
  }

  @Test
  void aServiceIsMappedOnce() {
    assertThatThrownBy(
            () -> Mappings.SCHEMA.parse(Map.of("destinations", new String[] {"SSH=22", "SSH=23"})))
        .hasMessageContaining("destinations 'SSH=23': the service already has 22");
    assertThatThrownBy(() -> Mappings.SCHEMA.parse(Map.of("sources", new String[] {"22", "23"})))
        .hasMessage("sources '23': only one may be without ID= before it, and 22 already is");
    assertThatThrownBy(
            () ->
                TunnelSettings.SCHEMA.parse(
                    Map.of("region.endpoints", new String[] {"us-east-1=a", "us-east-1=b"})))
        .hasMessageContaining("region.endpoints 'us-east-1=b': the region already has a:443");
  }

  @Test
  void aShareOfAServiceThatNoMappingHasIsAWarning() {
    Map<String, Object> mappings =
        Map.of(
            "destinations",
            "SSH=22",
            "sources",
            "HTTP=8080",
            "weights",
            new String[] {"SHH=4", "HTTP=2", "1"},
            "rate.limits",
            new String[] {"HTPP = 8000", "SSH=8000"});
    String text =
        "the services mapped here are HTTP, SSH; for another one it counts only where a tunnel has a"
            + " mapping of its own, or a source none";

    assertThat(Mappings.SCHEMA.read(mappings).warnings())
        .extracting(ConfigurationProblem::toString)
        .containsExactly("weights 'SHH=4': " + text, "rate.limits 'HTPP=8000': " + text);
  }

  /** Which services there are is then known only when a tunnel is connected. */
  @ParameterizedTest
  @CsvSource({"destinations, 22", "sources, 2222", "destinations,"})
  void aShareOfAServiceThatMayHaveAMappingIsNoWarning(String key, @Nullable String mapping) {
    Map<String, Object> mappings = new HashMap<>(Map.of("weights", "SSH=4"));
    mappings.put(key, mapping);

    assertThat(Mappings.SCHEMA.read(mappings).warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "A=2222, B=2222",
    "A=localhost:2222, B=LOCALHOST:2222",
    "A=0.0.0.0:2222, B=127.0.0.1:2222",
    "A=2222, B=localhost:2222",
    "A=127.0.0.1:2222, B=localhost:2222",
    "A=[::1]:2222, B=[::]:2222"
  })
  void noTwoServicesListenOnOnePort(String first, String second) {
    assertThatThrownBy(() -> Mappings.SCHEMA.parse(Map.of("sources", new String[] {first, second})))
        .hasMessage("sources '" + second + "': another service already listens on port 2222");
  }

  @ParameterizedTest
  @CsvSource({"A=0, B=0", "A=127.0.0.1:2222, B=127.0.0.2:2222", "A=2222, B=2223"})
  void whatDoesNotStandInItsWayMayListen(String first, String second) {
    assertThat(Mappings.SCHEMA.parse(Map.of("sources", new String[] {first, second})).sources())
        .hasSize(2);
  }

  /** One application may serve several services. */
  @Test
  void twoServicesMayHaveOneDestination() {
    assertThat(
            Mappings.SCHEMA
                .parse(Map.of("destinations", new String[] {"A=22", "B=22"}))
                .destinations())
        .hasSize(2);
  }
}
