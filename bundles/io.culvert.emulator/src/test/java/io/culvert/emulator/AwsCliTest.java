// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static io.culvert.emulator.registry.TunnelEnd.DESTINATION;
import static io.culvert.emulator.registry.TunnelEnd.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.culvert.emulator.registry.TunnelEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS command line, with nothing but another endpoint; skipped where it is not installed. */
class AwsCliTest {
  private static final Path AWS = Path.of("/usr/bin/aws");
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final long TIMEOUT_SECONDS = 120;
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path home;
  private Emulator emulator;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(AWS), AWS + " is not installed");
    emulator = Emulator.builder().controlTls(true).authorityFolder(home).start();
  }

  @AfterEach
  void stop() {
    if (emulator != null) {
      emulator.close();
    }
  }

  @Test
  void tunnelLivesFromOpenToClose() throws Exception {
    JsonNode opened =
        aws(
            "open-tunnel",
            "--description",
            "to gate 7",
            "--destination-config",
            "thingName=gate,services=SSH,HTTP",
            "--timeout-config",
            "maxLifetimeTimeoutMinutes=60",
            "--tags",
            "key=a,value=1");
    String id = opened.path("tunnelId").asText();
    EmulatedTunnel tunnel = emulator.tunnel(id).orElseThrow();
    try (RawClient source = connect(opened, SOURCE);
        RawClient destination = connect(opened, DESTINATION)) {
      assertThat(tunnel.awaitConnected(SOURCE, LONG)).isTrue();
      assertThat(tunnel.awaitConnected(DESTINATION, LONG)).isTrue();
      JsonNode described = aws("describe-tunnel", "--tunnel-id", id).path("tunnel");
      assertThat(described.path("description").asText()).isEqualTo("to gate 7");
      assertThat(described.at("/sourceConnectionState/status").asText()).isEqualTo("CONNECTED");
      assertThat(described.at("/destinationConnectionState/status").asText())
          .isEqualTo("CONNECTED");
      JsonNode rotated =
          aws("rotate-tunnel-access-token", "--tunnel-id", id, "--client-mode", "SOURCE");
      assertThat(source.readClose().closeCode()).isEqualTo(1000);
      connect(rotated, SOURCE).close();
      assertThat(run("close-tunnel", "--tunnel-id", id).output()).isEmpty();
      assertThat(destination.readClose().closeCode()).isEqualTo(1000);
    }
    JsonNode list = aws("list-tunnels", "--thing-name", "gate").path("tunnelSummaries");
    assertThat(list.findValuesAsText("tunnelId")).containsExactly(id);
    assertThat(list.findValuesAsText("status")).containsExactly("CLOSED");
    assertThat(list.findValuesAsText("createdAt").get(0)).startsWith("20");
  }

  @Test
  void tagsAreSetListedAndRemoved() throws Exception {
    String arn = aws("open-tunnel", "--tags", "key=a,value=1").path("tunnelArn").asText();
    run("tag-resource", "--resource-arn", arn, "--tags", "key=b,value=2");
    run("untag-resource", "--resource-arn", arn, "--tag-keys", "a");
    assertThat(aws("list-tags-for-resource", "--resource-arn", arn).toString())
        .isEqualTo(ApiClient.json("{'tags':[{'key':'b','value':'2'}]}"));
  }

  @Test
  void listIsPaged() throws Exception {
    for (int i = 0; i < 3; i++) {
      emulator.openTunnel("SSH");
    }
    JsonNode first = aws("list-tunnels", "--max-results", "2");
    assertThat(first.path("tunnelSummaries")).hasSize(2);
    JsonNode second = aws("list-tunnels", "--next-token", first.path("nextToken").asText());
    assertThat(second.path("tunnelSummaries")).hasSize(1);
  }

  @Test
  void errorsAreShownAsThoseOfAws() throws Exception {
    assertThat(run("describe-tunnel", "--tunnel-id", "nope"))
        .isEqualTo(
            failure(
                "An error occurred (ResourceNotFoundException) when calling the DescribeTunnel"
                    + " operation: Tunnel nope does not exist"));
    assertThat(run("open-tunnel", "--timeout-config", "maxLifetimeTimeoutMinutes=999"))
        .isEqualTo(
            failure(
                "An error occurred (ValidationException) when calling the OpenTunnel operation:"
                    + " 1 validation error detected: Value '999' at"
                    + " 'timeoutConfig.maxLifetimeTimeoutMinutes' failed to satisfy constraint:"
                    + " Member must have value less than or equal to 720"));
    // The command line tries again what exceeds a limit, and says so in the middle of its text.
    assertThat(run("open-tunnel", "--destination-config", "services=a,b,c,d").output())
        .startsWith("An error occurred (LimitExceededException) when calling the OpenTunnel")
        .endsWith(": A tunnel can have at most 3 services");
  }

  private record Run(int exitCode, String output) {}

  private static Run failure(String message) {
    return new Run(254, message);
  }

  private JsonNode aws(String... arguments) throws Exception {
    Run run = run(arguments);
    assertThat(run.exitCode()).as(run.output()).isZero();
    return JSON.readTree(run.output());
  }

  private Run run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(AWS.toString(), "iotsecuretunneling"));
    command.addAll(List.of("--endpoint-url", emulator.controlEndpoint().toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(home, "aws", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("PYTHON"));
    environment.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    environment.putAll(
        Map.of(
            "HOME", home.toString(),
            "AWS_ACCESS_KEY_ID", "key",
            "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_DEFAULT_REGION", "us-east-1",
            "AWS_DEFAULT_OUTPUT", "json",
            "AWS_PAGER", "",
            "AWS_EC2_METADATA_DISABLED", "true",
            "AWS_CA_BUNDLE", home.resolve("ca.pem").toString()));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Run(process.exitValue(), Files.readString(output).strip());
  }

  private RawClient connect(JsonNode tokens, TunnelEnd end) throws Exception {
    String token = tokens.path(end.wireName() + "AccessToken").asText();
    RawClient client = RawClient.connect(emulator);
    Handshake handshake = Handshake.withoutToken(end).header("access-token", token).subprotocols(3);
    assertThat(client.handshake(handshake).status()).isEqualTo(101);
    return client;
  }
}
