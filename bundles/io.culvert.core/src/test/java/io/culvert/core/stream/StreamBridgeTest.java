// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.config.SecretValues;
import io.culvert.core.connect.LogCapture;
import io.culvert.core.status.ConfigurationReports;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stream bridge says which of its settings do not count yet. */
class StreamBridgeTest {
  private static final String CHANGED = "Stream bridge settings changed";
  private static final String LATER = CHANGED + ", some for the next start";

  @Test
  void settingsAreForTheNextStartAsLongAsOthersRun() {
    StreamBridge bridge =
        new StreamBridge(new SecretValues(), new ConfigurationReports(), Map.of("event.loops", 1L));
    try (LogCapture logs = new LogCapture()) {
      bridge.modified(Map.of("event.loops", 2L));
      bridge.modified(Map.of("event.loops", 2L, "backlog", 7L));
      bridge.modified(Map.of("event.loops", 1L, "backlog", 7L));

      assertThat(logs.infos(StreamBridge.class)).containsExactly(LATER, LATER, CHANGED);
    } finally {
      bridge.deactivate();
    }
  }
}
