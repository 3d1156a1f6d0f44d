// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TunnelEventTest {
  @Test
  void whatAProgramSaysOfItsTunnelBecomesAnEvent() {
    assertThat(
            text(
                "2026-11-22T03:15:29.277Z WARN  demo: CLV-LOST the connection was cut; next attempt in 789 ms"))
        .isEqualTo("the connection is lost; the next attempt is in 789 ms");
    assertThat(
            text("2026-11-22T03:15:30.136Z INFO  demo: connected to localhost:36221 as source (x)"))
        .isEqualTo("the connection is back");
    assertThat(text("2026-11-22T03:15:25.640Z INFO  Service mappings changed"))
        .isEqualTo("the services have been mapped anew");
  }

  @Test
  void otherLinesAreNoEvents() {
    String line = "2026-11-22T03:15:30Z INFO  demo: service SSH listens on 127.0.0.1:1";
    assertThat(TunnelEvent.parse(line)).isEmpty();
    assertThat(TunnelEvent.parse("")).isEmpty();
  }

  private static String text(String line) {
    return TunnelEvent.parse(line).orElseThrow().text();
  }
}
