// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.Secret;
import io.culvert.api.TunnelSpec;
import io.culvert.launcher.cli.Request;
import io.culvert.launcher.cli.RequestReader;
import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.migrate.ImportRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway with imported files does what localproxy does with what they were made from. */
class ImportRoundTripTest {
  private static final String TOKEN = "access-token = s3cret";

  @TempDir private Path folder;

  @BeforeEach
  void writeFolderAndSettings() throws Exception {
    Files.createDirectories(folder.resolve("tree/sub"));
    Files.createDirectory(folder.resolve("ca"));
    write("tree/a.ini", "\uFEFFSSH=2201\r\n# comment\r\nVNC = 127.0.0.1:5901\r\n[x]\r\nA=1\r\n");
    write("tree/b.ini", "SSH=2202\nWEB=8081\nWEB=8082\n");
    write("tree/sub/c.ini", "VNC=5902\nRDP=[::1]:3389\n");
    write(
        "s.json",
        """
        {"tunneling": {"proxy": {
          "default_bind_address": "[::1]", "endpoint_format": "t.%s.example",
          "region_endpoint_overrides": {"eu-west-1": "eu.example:8443", "us-east-2": "e.example"},
          "tcp": {"connection_retry_count": "-1", "connection_retry_delay_ms": 2,
                  "max_active_connections": 3, "read_buffer_size": 4},
          "message": {"max_payload_size": "600"},
          "websocket": {"ping_period_ms": "500", "retry_delay_ms": "70000",
                        "connect_retry_count": "-1", "subprotocol": "seven"}}}}
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TOKEN + "|region = us-east-1|source-listen-port = SSH=5555, HTTP=127.0.0.1:0|mode = src",
        TOKEN + "|region = us-east-2|destination-app = SSH=22,APP=/run/a.sock|verbose = 3",
        TOKEN + "|proxy-endpoint = Host:8443|source-listen-port = 5555|local-bind-address = ::1",
        TOKEN + "|region = us-east-1|mode = destination|capath = ca|no-ssl-host-verify = 1",
        TOKEN
            + "|client-token = 0123456789abcdef0123456789ABCDEF|region = eu-west-1|mode = src"
            + "|destination-client-type = v1|config-dir = tree|settings-json = s.json",
        "region = us-east-1|source-listen-port = SSH=5555",
        "proxy-endpoint = [::1]:8443|destination-app = 22|local-bind-address = 127.0.0.2",
      })
  void theMapsAreTheSame(String lines) throws Exception {
    write("config.ini", lines.replace('|', '\n'));
    String[] arguments = {"--config=config.ini", "--config-dir=tree", "--settings-json=s.json"};
    LaunchPlan plan = plan(arguments);
    ImportRun run = new ImportRun(folder);

    assertThat(run.run(arguments)).isZero();

    Map<String, Map<String, Object>> expected =
        lines.startsWith(TOKEN) ? withTunnel(plan) : forAllTunnels(plan);
    for (Map.Entry<String, Map<String, Object>> configuration : expected.entrySet()) {
      assertThat(plain(run.read(configuration.getKey())))
          .as(configuration.getKey())
          .isEqualTo(plain(configuration.getValue()));
    }
    assertThat(run.texts()).hasSize(lines.startsWith(TOKEN) ? 4 : 3);
  }

  private LaunchPlan plan(String... arguments) {
    Map<String, String> env = Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", "of-a-tunnel-that-comes");
    Request request =
        new RequestReader("test", new Surroundings(env, folder)).read(List.of(arguments));
    return ((Request.Run) request).plan();
  }

  /** The tunnel of localproxy as a configuration of its own. */
  private static Map<String, Map<String, Object>> withTunnel(LaunchPlan plan) {
    Map<String, Map<String, Object>> expected = configurations(plan);
    TunnelSpec spec = plan.tunnel();
    Map<String, Object> tunnel = new TreeMap<>();
    tunnel.put("mode", spec.mode().wireName());
    tunnel.put("access.token", spec.accessToken().reveal());
    Secret clientToken = spec.clientToken();
    put(tunnel, "client.token", clientToken == null ? null : clientToken.reveal());
    put(tunnel, "version", spec.version() == null ? null : spec.version().name());
    tunnel.put("services", ConfigKey.pairs(spec.services()));
    expected.put("io.culvert.Tunnel~imported", tunnel);
    return expected;
  }

  /** Without a token the mappings of localproxy's tunnel are for all that come. */
  private static Map<String, Map<String, Object>> forAllTunnels(LaunchPlan plan) {
    Map<String, Map<String, Object>> expected = configurations(plan);
    Map<String, String> services = new LinkedHashMap<>(plan.tunnel().services());
    plan.configuredServices().forEach(services::putIfAbsent);
    expected
        .get("io.culvert.ServiceMappingConfig")
        .put(SettingsMapping.mappings(plan.tunnel().mode()).key(), ConfigKey.pairs(services));
    expected.get("io.culvert.StreamBridge").remove("strict.services");
    return expected;
  }

  private static Map<String, Map<String, Object>> configurations(LaunchPlan plan) {
    Map<String, Map<String, Object>> expected =
        SettingsMapping.configurations(plan, Path.of("state"));
    Map<String, Object> manager = expected.get("io.culvert.TunnelManager");
    manager.remove("state.dir");
    put(manager, "region", plan.tunnel().region());
    put(manager, "endpoint", plan.tunnel().endpoint());
    return expected;
  }

  private static void put(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  /** Leaves out defaults, and makes numbers and lists comparable. */
  private static Map<String, Object> plain(Map<String, Object> properties) {
    Map<String, Object> plain = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          if (value instanceof String[] list) {
            plain.put(key, Set.of(list));
          } else {
            plain.put(key, value instanceof Number number ? number.longValue() : value);
          }
        });
    plain.values().removeAll(List.of(Set.of()));
    plain
        .entrySet()
        .removeAll(
            List.of(
                Map.entry("tls.verify.chain", true),
                Map.entry("tls.verify.host", true),
                Map.entry("strict.services", false)));
    return plain;
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
  }
}
