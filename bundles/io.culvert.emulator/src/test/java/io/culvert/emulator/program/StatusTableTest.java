// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of {@code emulator status}. */
class StatusTableTest {
  @Test
  void eachEndHasALine() throws Exception {
    Map<String, Object> status =
        Json.read(
            """
            {"tunnels": [{"id": "t-1", "services": ["SSH", "HTTP"],
              "source": {"connected": true, "connects": 12, "messagesSent": 7,
                "payloadBytesSent": 1048576, "rulesBroken": 0, "faults": ["rate 9 B/s", "lost"]},
              "destination": {"connected": false, "connects": 0, "messagesSent": 0,
                "payloadBytesSent": 0, "rulesBroken": 1, "faults": []}}]}
            """);

    assertThat(StatusTable.lines(status))
        .containsExactly(
            "TUNNEL  SERVICES   END          CLIENT     CONNECTS  MESSAGES  PAYLOAD  BROKEN  FAULTS",
            "t-1     SSH, HTTP  source       connected  12        7         1048576  0       rate 9 B/s,"
                + " lost",
            "                   destination  -          0         0         0        1       -");
  }

  @Test
  void noTunnelIsASentence() {
    assertThat(StatusTable.lines(Map.of("tunnels", List.of())))
        .containsExactly("No tunnel is open.");
  }
}
