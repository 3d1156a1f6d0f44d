// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.TunnelMode;
import io.culvert.launcher.LaunchPlan;
import io.culvert.launcher.reference.InputException;
import io.culvert.launcher.reference.Notice;
import io.culvert.launcher.reference.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which source of a value counts, and what becomes of the values. */
class PlanTest {
  private static final String TOKEN = "acce55";
  private static final String CLIENT_TOKEN = "0123456789abcdef0123456789ABCDEF-x";

  private final Map<String, String> environment = new HashMap<>();
  @TempDir private Path folder;

  @BeforeEach
  void giveToken() {
    environment.put("AWSIOT_TUNNEL_ACCESS_TOKEN", TOKEN);
  }

  @Test
  void everyOptionOfTheCommandLineGoesIntoThePlan() throws Exception {
    Files.createDirectory(folder.resolve("ca"));

    LaunchPlan plan =
        plan(
            "-t",
            "other",
            "-i",
            CLIENT_TOKEN,
            "-e",
            "Tunnel.Example:8443",
            "-s",
            " SSH = 5555 , HTTP=127.0.0.1:0,V6=[::1]:80",
            "-b",
            "[::1]",
            "-c",
            "ca",
            "-k",
            "-y",
            "v1",
            "-m",
            "src",
            "-v",
            "200");

    assertThat(plan.tunnel().mode()).isEqualTo(TunnelMode.SOURCE);
    assertThat(plan.tunnel().accessToken().reveal()).isEqualTo("other");
    assertThat(plan.tunnel().clientToken()).isNotNull();
    assertThat(plan.tunnel().endpoint()).isEqualTo("tunnel.example:8443");
    assertThat(plan.tunnel().region()).isNull();
    assertThat(plan.tunnel().services())
        .containsExactly(
            entry("SSH", "5555"), entry("HTTP", "127.0.0.1:0"), entry("V6", "[::1]:80"));
    assertThat(plan.tunnel().version()).isEqualTo(ProtocolVersion.V1);
    assertThat(plan.bindAddress()).isEqualTo("::1");
    assertThat(plan.caPath()).isEqualTo(folder.resolve("ca"));
    assertThat(plan.verifyPeer()).isFalse();
    assertThat(plan.verbosity()).isEqualTo(6);
    assertThat(messages(plan)).singleElement().asString().startsWith("--access-token: the token");
  }

  @Test
  void thePlanShowsNoToken() {
    LaunchPlan plan = plan("-t", "s3cret", "-i", CLIENT_TOKEN, "-r", "us-east-1", "-d", "22");

    assertThat(plan.toString()).doesNotContain("s3cret", CLIENT_TOKEN, TOKEN);
    assertThat(new Surroundings(environment, folder).toString()).doesNotContain(TOKEN);
  }

  @Test
  void longOptionsMayBeShortenedAndJoinedWithTheirValue() {
    LaunchPlan plan = plan("--reg=us-east-1", "--destination-app=localhost:22", "-v5", "-kyV2");

    assertThat(plan.tunnel().region()).isEqualTo("us-east-1");
    assertThat(plan.tunnel().services()).containsExactly(entry("", "localhost:22"));
    assertThat(plan.tunnel().version()).isEqualTo(ProtocolVersion.V2);
    assertThat(plan.verbosity()).isEqualTo(5);
  }

  @Test
  void theCommandLineGoesBeforeTheFileAndTheFileBeforeTheEnvironment() throws Exception {
    environment.put("AWSIOT_TUNNEL_REGION", "us-east-1");
    environment.put("AWSIOT_TUNNEL_CLIENT_TOKEN", CLIENT_TOKEN);
    String file =
        write("c.ini", "region = us-east-2 # near\naccess-token = from-file\nverbose=3\n");

    assertThat(plan("-s", "1").tunnel().region()).isEqualTo("us-east-1");
    LaunchPlan withFile = plan("-s", "1", "--config", file);
    assertThat(withFile.tunnel().region()).isEqualTo("us-east-2");
    assertThat(withFile.tunnel().accessToken().reveal()).isEqualTo("from-file");
    assertThat(withFile.tunnel().clientToken()).isNotNull();
    assertThat(withFile.verbosity()).isEqualTo(3);
    LaunchPlan withAll = plan("-s", "1", "--config", file, "-r", "eu-west-1", "-v", "1");
    assertThat(withAll.tunnel().region()).isEqualTo("eu-west-1");
    assertThat(withAll.verbosity()).isEqualTo(1);
  }

  @Test
  void anEndpointOverridesTheRegionOfAWeakerSourceAndTheReverse() throws Exception {
    environment.put("AWSIOT_TUNNEL_REGION", "us-east-1");
    assertThat(plan("-s", "1", "-e", "host").tunnel().region()).isNull();

    String file = write("c.ini", "proxy-endpoint = host\n");
    LaunchPlan plan = plan("-s", "1", "-r", "eu-west-1", "--config", file);
    assertThat(plan.tunnel().region()).isEqualTo("eu-west-1");
    assertThat(plan.tunnel().endpoint()).isNull();
  }

  @Test
  void regionAndEndpointOfOneSourceContradict() {
    environment.put("AWSIOT_TUNNEL_REGION", "us-east-1");
    environment.put("AWSIOT_TUNNEL_ENDPOINT", "host");

    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> plan("-s", "1"))
        .withMessage(
            "AWSIOT_TUNNEL_REGION 'us-east-1' and AWSIOT_TUNNEL_ENDPOINT 'host': only one of them"
                + " is allowed");
    assertThat(plan("-s", "1", "-r", "eu-west-1").tunnel().region()).isEqualTo("eu-west-1");
  }

  @Test
  void emptyVariablesCountAsUnset() {
    environment.put("AWSIOT_TUNNEL_REGION", "");
    environment.put("AWSIOT_TUNNEL_CLIENT_TOKEN", "");

    assertThat(plan("-s", "1", "-e", "host").tunnel().clientToken()).isNull();
  }

  @Test
  void aWholeConfigurationFileIsEnough() throws Exception {
    String file =
        write(
            "c.ini",
            """
            # comment
            access-token = a+b/c==
            proxy-endpoint = host:8443
            destination-app = SSH=/run/app.sock,HTTP=[::1]:80
            no-ssl-host-verify =
            local-bind-address = 127.0.0.2
            help = yes
            """);

    LaunchPlan plan = plan("--config", file);

    assertThat(plan.tunnel().mode()).isEqualTo(TunnelMode.DESTINATION);
    assertThat(plan.tunnel().accessToken().reveal()).isEqualTo("a+b/c==");
    assertThat(plan.tunnel().services())
        .containsExactly(entry("SSH", "/run/app.sock"), entry("HTTP", "[::1]:80"));
    assertThat(plan.verifyPeer()).isFalse();
    assertThat(plan.bindAddress()).isEqualTo("127.0.0.2");
    assertThat(messages(plan))
        .singleElement()
        .asString()
        .contains("line 7: help 'yes': has no effect");
  }

  @Test
  void theDefaultBindAddressOfTheSettingsIsForListeningOnly() throws Exception {
    String file =
        write("s.json", "{\"tunneling\":{\"proxy\":{\"default_bind_address\":\"127.0.0.9\"}}}");

    assertThat(plan("-r", "us-east-1", "-s", "1", "--settings-json", file).bindAddress())
        .isEqualTo("127.0.0.9");
    assertThat(
            plan("-r", "us-east-1", "-s", "1", "--settings-json", file, "-b", "::1").bindAddress())
        .isEqualTo("::1");
    LaunchPlan destination = plan("-r", "us-east-1", "-d", "1", "--settings-json", file);
    assertThat(destination.bindAddress()).isNull();
    assertThat(destination.settings().get(Setting.DEFAULT_BIND_ADDRESS)).contains("127.0.0.9");
  }

  @Test
  void mappingsOfTheDefaultFolderAreFoundAndThoseOfTheCommandLineStandApart() throws Exception {
    Files.createDirectories(folder.resolve("config/more"));
    write("config/b.ini", "SSH=22\nHTTP=host:80\n");
    write("config/more/c.ini", "SSH=23\nVNC=5900\n");

    LaunchPlan plan = plan("-r", "us-east-1", "-d", "SSH=2222");

    assertThat(plan.tunnel().services()).containsExactly(entry("SSH", "2222"));
    assertThat(plan.configuredServices())
        .containsOnly(entry("SSH", "22"), entry("HTTP", "host:80"), entry("VNC", "5900"));
  }

  @Test
  void aModeAloneIsEnough() {
    LaunchPlan plan = plan("-r", "us-east-1", "-m", "src");

    assertThat(plan.tunnel().mode()).isEqualTo(TunnelMode.SOURCE);
    assertThat(plan.tunnel().services()).isEmpty();
    assertThat(plan.configuredServices()).isEmpty();
    assertThat(plan.verifyPeer()).isTrue();
    assertThat(plan.verbosity()).isEqualTo(4);
  }

  @Test
  void helpVersionAndExportNeedNothingElse() {
    assertThat(read("-h")).isInstanceOfSatisfying(Request.Show.class, this::showsEveryOption);
    assertThat(read("-V", "-h")).isEqualTo(new Request.Show("the version"));
    assertThat(read("--export-default-settings", "x.json"))
        .isEqualTo(new Request.Export(folder.resolve("x.json")));
  }

  private void showsEveryOption(Request.Show show) {
    assertThat(show.text())
        .contains("-t, --access-token=TOKEN", "--config-dir=FOLDER", "Exit status", " 6 a file");
    assertThat(show.text().lines()).allMatch(line -> line.length() <= 100 && !line.contains("%"));
  }

  private LaunchPlan plan(String... arguments) {
    return ((Request.Run) read(arguments)).plan();
  }

  private Request read(String... arguments) {
    return new RequestReader("the version", new Surroundings(environment, folder))
        .read(List.of(arguments));
  }

  private String write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
    return name;
  }

  private static List<String> messages(LaunchPlan plan) {
    return plan.notices().stream().map(Notice::message).toList();
  }
}
