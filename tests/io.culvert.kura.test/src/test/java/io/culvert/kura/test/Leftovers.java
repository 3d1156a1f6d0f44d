// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.ServiceReference;

/** What a package may leave in the process when it goes. */
final class Leftovers {
  private static final List<String> THREADS =
      List.of("culvert-io", "culvert-blocking", "culvert-kura");

  private Leftovers() {}

  /** Returns the names of Culvert's threads. */
  static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> THREADS.stream().anyMatch(name::startsWith))
        .toList();
  }

  /** Asserts that there are no bundles, services and threads. */
  static void assertNone(Gateway gateway) throws Exception {
    assertThat(gateway.culvert()).isEmpty();
    ServiceReference<?>[] services = gateway.context().getAllServiceReferences(null, null);
    assertThat(
            Stream.of(services).map(service -> String.valueOf(service.getProperty("service.pid"))))
        .noneMatch(pid -> pid.startsWith("io.culvert."));
    assertThat(
            Stream.of(services)
                .flatMap(each -> Stream.of((String[]) each.getProperty("objectClass"))))
        .noneMatch(type -> type.matches("io\\.culvert\\.(api|core)\\..*"));
    Eventually.holds(() -> assertThat(threads()).isEmpty());
  }

  /** Asserts that nobody listens. */
  static void assertFree(int port) {
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }
}
