// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who gets into the web console of the assembled gateway, and what for. */
class WebConsoleIT {
  private static final String PASSWORD = "s3cret-c0nsole-password";
  private static final Map<String, String> FIRST = Map.of("CULVERT_WEB_CONSOLE_PASSWORD", PASSWORD);
  private static final String LIST = "/system/console/configMgr";
  private static final String FORM = LIST + "/io.culvert.ServiceMappingConfig";
  private static final String CHANGE =
      "apply=true&propertylist=destinations&destinations=SSH%3D2222";

  @TempDir private Path folder;

  @Test
  void withoutAPasswordItEndsAndSaysWhatToDo() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder, "--web-console")) {
      assertThat(gateway.exit()).isEqualTo(1);
      assertThat(gateway.lines())
          .singleElement()
          .asString()
          .startsWith("culvert: --web-console: has no password yet; start it once at a terminal")
          .contains("CULVERT_WEB_CONSOLE_PASSWORD", "at least 8 characters");
    }
  }

  @Test
  void onlyTheChosenPasswordOpensIt() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder, FIRST, "--web-console=0")) {
      RawHttp http = RawHttp.to(url(gateway));

      assertThat(http.get(LIST)).startsWith("HTTP/1.1 401").contains("WWW-Authenticate: Basic");
      assertThat(http.as("admin", "admin").get(LIST)).startsWith("HTTP/1.1 401");
      assertThat(http.as("root", PASSWORD).get(LIST)).startsWith("HTTP/1.1 401");
      assertThat(http.as("admin", PASSWORD).get(LIST))
          .startsWith("HTTP/1.1 200")
          .contains("io.culvert.Tunnel", "io.culvert.StreamBridge")
          .doesNotContain("org.apache.felix.http", "OsgiManager");
      for (int i = 0; i < 5; i++) {
        assertThat(http.as("admin", "guess" + i).get(LIST)).startsWith("HTTP/1.1 4");
      }
      gateway.await("WARN  Web console: 5 wrong passwords; for 30 s none is looked at");
      assertThat(http.as("admin", PASSWORD).get(LIST)).startsWith("HTTP/1.1 429");
    }
  }

  @Test
  void loggingOutMakesTheBrowserForgetThePassword() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder, FIRST, "--web-console=0")) {
      RawHttp http = RawHttp.to(url(gateway));
      String realm = "WWW-Authenticate: Basic realm=\"Culvert\"";

      // It keeps a password that is refused for another realm.
      assertThat(http.get(LIST)).startsWith("HTTP/1.1 401").contains(realm);
      assertThat(http.as("admin", PASSWORD).get("/system/console/logout"))
          .startsWith("HTTP/1.1 401")
          .contains(realm);
    }
  }

  @Test
  void whatTheFormsNeedToKnowIsForTheUserAlone() throws Exception {
    String facts = "/system/console/res/ui/culvert.json";
    try (GatewayProcess gateway = GatewayProcess.start(folder, FIRST, "--web-console=0")) {
      RawHttp http = RawHttp.to(url(gateway));

      assertThat(http.get(facts)).startsWith("HTTP/1.1 401");
      assertThat(http.as("admin", PASSWORD).get(facts))
          .startsWith("HTTP/1.1 200")
          .contains("io.culvert.StreamBridge");
    }
  }

  @Test
  void aRequestThatAnotherSiteMadeIsRefused() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder, FIRST, "--web-console=0")) {
      RawHttp admin = RawHttp.to(url(gateway)).as("admin", PASSWORD);

      assertThat(admin.header("Host", "foreign.example").get(LIST)).startsWith("HTTP/1.1 403");
      assertThat(admin.header("Origin", "http://foreign.example").post(FORM, CHANGE))
          .startsWith("HTTP/1.1 403");
      assertThat(admin.header("Sec-Fetch-Site", "cross-site").post(FORM, CHANGE))
          .startsWith("HTTP/1.1 403");
      assertThat(admin.get(FORM + "?post=true&" + CHANGE)).startsWith("HTTP/1.1 403");
      assertThat(gateway.lines()).noneMatch(line -> line.contains("is saved"));

      assertThat(admin.post(FORM, CHANGE)).startsWith("HTTP/1.1 302");
      gateway.await("INFO  Web console: io.culvert.ServiceMappingConfig is saved");
      gateway.await("INFO  Service mappings changed");
    }
  }

  @Test
  void nothingButConfigurationsOfApplicationsCanBeChanged() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder, FIRST, "--web-console=0")) {
      RawHttp admin = RawHttp.to(url(gateway)).as("admin", PASSWORD);

      assertThat(admin.post("/system/console/bundles", "action=stop")).startsWith("HTTP/1.1 403");
      assertThat(admin.post("/system/console/vmstat", "shutdown_type=Stop"))
          .startsWith("HTTP/1.1 403");
      String host =
          "apply=true&propertylist=org.apache.felix.http.host&org.apache.felix.http.host=";
      assertThat(admin.post(LIST + "/org.apache.felix.http", host)).startsWith("HTTP/1.1 400");
      assertThat(admin.get("/system/console/bundles")).startsWith("HTTP/1.1 404");
      assertThat(admin.get("/system/console/")).contains("Location: ", LIST);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void itListensOnLoopbackOnly() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder, FIRST, "--web-console=0")) {
      url(gateway);
      assertThat(Listeners.of(gateway.pid()))
          .singleElement()
          .asString()
          .matches("(0{16}F{4}0{4})?0100007F:[0-9A-F]{4}");
    }
  }

  @Test
  void whereAnotherProgramListensTheGatewayGoesOnWithoutIt() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        GatewayProcess gateway =
            GatewayProcess.start(folder, FIRST, "--web-console=" + other.getLocalPort())) {
      gateway.await("INFO  Ready: ").await("ERROR Web console: cannot listen at 127.0.0.1:");
      assertThat(gateway.stop("TERM")).isZero();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thePasswordIsNowhereAndIsKnownAgain() throws Exception {
    try (GatewayProcess gateway =
        GatewayProcess.start(folder, FIRST, "--web-console=0", "-v", "6")) {
      RawHttp http = RawHttp.to(url(gateway));
      assertThat(http.as("admin", PASSWORD).get(LIST)).startsWith("HTTP/1.1 200");
      assertThat(http.as("admin", "wrong-" + PASSWORD).get(LIST)).startsWith("HTTP/1.1 401");
      assertThat(Files.readString(Path.of("/proc", Long.toString(gateway.pid()), "cmdline")))
          .doesNotContain(PASSWORD);
      assertThat(gateway.stop("TERM")).isZero();
      gateway.exit();
      assertThat(String.join("\n", gateway.lines())).doesNotContain(secrets());
    }
    Path kept = folder.resolve("state/web-console.password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    for (Path file : files()) {
      assertThat(Files.readString(file, ISO_8859_1)).as("%s", file).doesNotContain(secrets());
    }

    try (GatewayProcess next = GatewayProcess.start(folder, "--web-console=0")) {
      assertThat(RawHttp.to(url(next)).as("admin", PASSWORD).get(LIST)).startsWith("HTTP/1.1 200");
    }
  }

  private static List<String> secrets() {
    // A prefix whose length is a multiple of three is in the Base64 of the whole.
    byte[] header = ("admin:" + PASSWORD).substring(0, 21).getBytes(ISO_8859_1);
    return List.of(PASSWORD, Base64.getEncoder().encodeToString(header));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }

  /** Waits for the address of the console. */
  private static String url(GatewayProcess gateway) throws InterruptedException {
    gateway.await("INFO  Web console: http://127.0.0.1:");
    return gateway.lines().stream()
        .filter(line -> line.contains("Web console: http"))
        .map(line -> line.replaceAll(".*Web console: |, user admin", ""))
        .findFirst()
        .orElseThrow();
  }
}
