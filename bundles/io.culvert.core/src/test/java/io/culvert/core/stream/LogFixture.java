// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.core.connect.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What is logged during a test. */
abstract class LogFixture {
  LogCapture logs;

  @BeforeEach
  void startCapture() {
    logs = new LogCapture();
  }

  @AfterEach
  void stopCapture() {
    logs.close();
  }
}
