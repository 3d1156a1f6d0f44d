// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.culvert.emulator.time.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** An emulator with its API, on a clock that the test moves. */
@ExtendWith(LeakCheck.class)
abstract class ControlFixture {
  static final Duration LONG = Duration.ofSeconds(30);

  final ManualClock clock = new ManualClock();
  Emulator emulator;
  ApiClient api;

  @BeforeEach
  void start() throws Exception {
    emulator = Emulator.builder().controlPlane().clock(clock).region("eu-west-1").start();
    api = new ApiClient(emulator);
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  JsonNode open(String body) throws Exception {
    return api.call("OpenTunnel", body);
  }

  EmulatedTunnel tunnel(JsonNode opened) {
    return emulator.tunnel(opened.path("tunnelId").asText()).orElseThrow();
  }
}
