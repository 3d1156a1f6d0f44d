// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.NotificationDecision;
import io.culvert.config.SecretValues;
import io.culvert.core.connect.LogCapture;
import io.culvert.core.status.ConfigurationReports;
import io.culvert.core.tunnel.StateFolder;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.osgi.framework.BundleContext;

/** A sink in a time of its own, and what it says; no token may be in a log line at any level. */
abstract class SinkFixture {
  /** All tokens of tests hold this. */
  static final String SECRET = "NobodyMaySeeThisToken";

  final LogCapture logs = new LogCapture();
  final FakeOpener opener = new FakeOpener();
  ManualWorker worker = new ManualWorker();
  NotificationSinkComponent sink = start(Map.of());

  NotificationSinkComponent start(Map<String, Object> properties) {
    return new NotificationSinkComponent(
        worker, opener, folder(), new SecretValues(), new ConfigurationReports(), properties);
  }

  /** Ends the sink that was there. */
  void restart(Map<String, Object> properties) {
    sink.deactivate();
    worker.work();
    sink = start(properties);
  }

  private static StateFolder folder() {
    return new StateFolder(
        (BundleContext)
            Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> null));
  }

  static String token(int number) {
    return SECRET + "-" + number;
  }

  static String json(String token, String... services) {
    return "{\"clientAccessToken\":\"%s\",\"clientMode\":\"destination\",\"region\":\"us-east-1\",\"services\":[%s]}"
        .formatted(
            token,
            Stream.of(services).map(it -> "\"" + it + "\"").collect(Collectors.joining(",")));
  }

  NotificationDecision take(String json) {
    return sink.take("test", json.getBytes(StandardCharsets.UTF_8));
  }

  NotificationDecision take(int token, String... services) {
    return take(json(token(token), services));
  }

  @AfterEach
  void nothingIsToldThatIsSecret() {
    sink.deactivate();
    logs.close();
    assertThat(logs.lines()).noneMatch(line -> line.contains(SECRET.substring(0, 16)));
    assertThat(sink.status().toString()).doesNotContain(SECRET);
  }
}
