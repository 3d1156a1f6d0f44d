// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.core.stream.StreamsFixture.destination;
import static io.culvert.wire.MessageType.STREAM_START;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which mapping serves which service of a destination. */
class DestinationServicesTest extends ApplicationFixture {
  @Test
  void serviceWithoutMappingFailsTheTunnelAndIsNamed() {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH", "HTTP", "RDP")) {
      assertThat(tunnel.nextEvent()).startsWith("failed").contains("CLV-SERVICES", "HTTP, RDP");
    }
  }

  @Test
  void mappingWithoutServiceFailsTheTunnelOnlyIfStrict() {
    Map<String, String> mappings = Map.of("SSH", "22", "X11", "6000");
    try (StreamsFixture tunnel = destination(mappings, Map.of(), "SSH")) {
      assertThat(tunnel.nextEvent()).isEqualTo("ready");
    }
    try (StreamsFixture tunnel = destination(mappings, Map.of("strict.services", true), "SSH")) {
      assertThat(tunnel.nextEvent()).startsWith("failed").contains("X11");
    }
  }

  @Test
  void mappingWithoutIdServesATunnelWithNoneOrOneService() throws Exception {
    Map<String, String> mapping = Map.of("", String.valueOf(application.getLocalPort()));
    for (List<String> services : List.of(List.<String>of(), List.of("ANY"))) {
      try (StreamsFixture tunnel =
          destination(mapping, Map.of(), services.toArray(String[]::new))) {
        assertThat(tunnel.nextEvent()).isEqualTo("ready");
        tunnel.receiveControl(STREAM_START, services.isEmpty() ? "" : "ANY", 7, 1);
        TestSocket.accept(application).close();
      }
    }
  }

  @Test
  void v1StreamInATunnelWithSeveralServicesTakesTheMappingWithoutId() throws Exception {
    Map<String, String> mappings =
        Map.of("A", "1", "B", "2", "", String.valueOf(application.getLocalPort()));
    try (StreamsFixture tunnel = destination(mappings, Map.of(), "A", "B")) {
      tunnel.receiveControl(STREAM_START, "", 7, 0);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.receiveData("", 7, 0, "x");
        assertThat(socket.receive(1)).isEqualTo("x");
      }
    }
  }

  @Test
  void v1StreamThatFitsNoServiceIsReset() {
    try (StreamsFixture tunnel = destination(Map.of("A", "1", "B", "2"), Map.of(), "A", "B")) {
      tunnel.receiveControl(STREAM_START, "", 7, 0);
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET '' 7 0");
    }
  }
}
