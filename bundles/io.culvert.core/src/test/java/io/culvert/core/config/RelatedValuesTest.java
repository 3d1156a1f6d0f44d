// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
