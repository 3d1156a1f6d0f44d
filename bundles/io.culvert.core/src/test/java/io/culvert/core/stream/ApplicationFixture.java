// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An application that a destination connects to. */
abstract class ApplicationFixture {
  ServerSocket application;

  @BeforeEach
  void listen() throws Exception {
    application = TestSocket.server();
  }

  @AfterEach
  void stop() throws Exception {
    application.close();
  }

  Map<String, String> ssh() {
    return Map.of("SSH", String.valueOf(application.getLocalPort()));
  }
}
