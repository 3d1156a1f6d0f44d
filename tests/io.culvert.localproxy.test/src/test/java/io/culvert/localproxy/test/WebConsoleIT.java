// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.culvert.emulator.registry.TunnelEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The web console in a browser, beside a gateway that is the destination of a tunnel. */
@EnabledOnOs(OS.LINUX)
class WebConsoleIT {
  private static final String PASSWORD = "a pässword: with a colon";
  private static final String CONNECTED = "INFO  io.culvert.Tunnel~support: connected";
  private static final String MANAGER = "io.culvert.TunnelManager";
  private static final String MAPPINGS = "io.culvert.ServiceMappingConfig";
  private static final String NEW_TUNNEL = "Culvert tunnel";
  private static final String TUNNEL = "io.culvert.Tunnel~support";

  private static Browser browser;

  @TempDir private Path folder;
  private Rig rig;
  private Application application;
  private Gateway gateway;
  private Path secret;
  private String url;

  @BeforeEach
  void start() throws Exception {
    startBrowser();
    rig = new Rig(folder, "DATA");
    application = Application.onLoopback();
    Path home = folder.resolve("gateway");
    Gateway.configure(home, rig, "DATA=" + application.port());
    secret = Files.createDirectory(home.resolve("secrets")).resolve("proxy");
    Files.writeString(secret, "http://127.0.0.1:9");
    gateway =
        Gateway.start(
            home,
            Map.of("CULVERT_WEB_CONSOLE_PASSWORD", PASSWORD),
            "--web-console=0",
            "--secrets=" + secret.getParent());
    url = gateway.await("INFO  Web console: (http://127.0.0.1:[0-9]+/[^,]*), user admin").group(1);
    gateway.awaitLine(CONNECTED);
  }

  @AfterEach
  void stop() throws IOException {
    // What has not been started is null.
    if (gateway != null) {
      gateway.close();
    }
    if (application != null) {
      application.close();
    }
    if (rig != null) {
      rig.close();
    }
    if (browser != null) {
      browser.closeWindows();
    }
  }

  /** Starts it with the first test; each test without a browser is skipped, and counted. */
  private static void startBrowser() {
    if (browser == null) {
      browser = Browser.start();
    }
  }

  @AfterAll
  static void endBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void aMappingChangedInItsFormLeadsToTheNewApplicationAlsoAfterARestart() throws Exception {
    try (ServerSocket next = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      next.setSoTimeout(60_000);
      LocalProxy source = rig.source("-s", "DATA=0");
      Client.transfer(source.address("DATA"), 100_000, 100_000).close();

      ConsolePages pages = pages();
      Locator destination = pages.form(MAPPINGS).locator("[name=destinations]");
      assertThat(destination.inputValue()).isEqualTo("DATA=" + application.port());
      destination.fill("DATA=" + next.getLocalPort());
      pages.save();
      gateway.awaitLine("INFO  Service mappings changed");

      assertLeadsTo(next, source);

      assertThat(gateway.stop()).isZero();
      gateway = Gateway.start(gateway.folder()).awaitLine(CONNECTED);
      assertLeadsTo(next, source);
      assertThat(rig.emulator().violations()).isEmpty();
    }
  }

  @Test
  void formsThatAreSavedUntouchedChangeNothing() throws Exception {
    LocalProxy source = rig.source("-s", "DATA=0");
    ConsolePages pages = pages();
    try (Client client = Client.echoing(source.address("DATA"))) {
      pages.list();
      pages.picture("list");
      for (String pid : Set.of(MANAGER, "io.culvert.StreamBridge", MAPPINGS, TUNNEL)) {
        Locator form = pages.form(pid);
        pages.picture(pid);
        assertThat(form.innerHTML()).doesNotContain(rig.token(TunnelEnd.DESTINATION));
        pages.save();
        gateway.awaitLine("INFO  Web console: " + pid + " is saved");
      }
      client.echo("still there");
    }

    Locator tunnel = pages.form(TUNNEL);
    assertThat(tunnel.locator("[name='access.token']").getAttribute("type")).isEqualTo("password");
    assertThat(tunnel.locator("select[name=mode]").inputValue()).isEqualTo("destination");
    gateway.terminate();
    assertThat(gateway.exit()).isZero();
    assertThat(gateway.lines())
        .noneMatch(line -> line.contains("WARN") || line.contains("ERROR"))
        .noneMatch(line -> line.contains("changed") || line.contains("anew"))
        .filteredOn(line -> line.contains(": connected"))
        .hasSize(1);
  }

  @Test
  void aTunnelIsAddedAndDeleted() throws Exception {
    ConsolePages pages = pages();
    Locator form = pages.form(NEW_TUNNEL);
    pages.picture("new-tunnel");
    form.locator("[name=name]").fill("second");
    form.locator("[name='access.token']").fill(rig.token(TunnelEnd.SOURCE));
    form.locator("select[name=mode]").selectOption("source");
    form.locator("[name=services]").fill("DATA=0");
    pages.save();
    gateway.awaitLine("INFO  Web console: a new io.culvert.Tunnel is saved");
    gateway.awaitLine("INFO  second: connected");

    pages.form("second");
    pages.delete();

    gateway.awaitLine("INFO  second: closed");
    assertThat(pages.list().innerText()).contains(TUNNEL).doesNotContain("second");
  }

  @Test
  void aFormWithAWrongValueIsNotSavedAndSaysWhy() throws Exception {
    ConsolePages pages = pages();
    Locator form = pages.form("io.culvert.StreamBridge");
    form.locator("[name=backlog]").fill("0");
    form.locator("[name='max.connections']").fill("$[env:NOWHERE;default=7]");
    assertThat(pages.saveInVain()).contains("backlog '0'", "1 to 65535").doesNotContain("NOWHERE");
    assertThat(form.isVisible()).isTrue();
    form.locator("[name='max.connections']").fill("$[secret:proxy]");
    assertThat(pages.saveInVain()).contains("max.connections: $[secret:proxy]: may be used for");
    form.locator("[name='max.connections']").fill("1000");

    form.locator("[name=backlog]").fill("100");
    pages.save();
    gateway.awaitLine("INFO  Stream bridge settings changed");
  }

  @Test
  void aFormSaysWhichValuesWereRefusedAndWhatIsInForce() throws Exception {
    ConsolePages pages = pages();
    pages.form(MANAGER).locator("[name='web.proxy']").fill("$[secret:proxy]");
    pages.save();
    gateway.awaitLine("INFO  Tunnel manager settings changed");
    Files.delete(secret);
    gateway.awaitLine("WARN  " + MANAGER + " as another tool has configured it: not in force, .*");

    assertThat(pages.list().innerText()).containsOnlyOnce("refused");
    pages.picture("list-refused");
    Locator form = pages.form(MANAGER);
    assertThat(pages.problems())
        .contains("refused and are not in force", "right still are", "web.proxy: ");
    pages.picture("refused");
    Locator proxy = form.locator("[name='web.proxy']");
    assertThat(proxy.getAttribute("aria-invalid")).isEqualTo("true");

    proxy.fill("http://127.0.0.1:10");
    pages.enter();
    gateway.awaitLine("INFO  Tunnel manager settings changed");
    assertThat(pages.form(MANAGER).locator(".culvert-banner").count()).isZero();
  }

  @Test
  void aSecretIsReplacedOrEmptiedAndTheFormSaysWhetherThereIsOne() throws Exception {
    ConsolePages pages = pages();
    Locator form = pages.form(NEW_TUNNEL);
    assertThat(form.innerText()).contains("None is set.").doesNotContain("Is set");
    form.locator("[name=name]").fill("spare");
    form.locator("[name=enabled][type=checkbox]").uncheck();
    form.locator("[name='access.token']").fill("token");
    pages.save();

    form = pages.form("spare");
    assertThat(form.innerText()).contains("Is set and not shown.");
    Locator token = form.locator("[name='access.token']");
    token.click();
    pages.key("x");
    assertThat(token.inputValue()).isEqualTo("x");
    pages.key("Backspace");
    assertThat(form.innerText()).contains("Will be removed.");
    pages.picture("secret");
    pages.save();

    assertThat(pages.form("spare").innerText()).doesNotContain("Is set");
  }

  @Test
  void aSecretIsKeptWhereItIsNotKnownWhetherThereIsOne() throws Exception {
    ConsolePages pages = pages();
    pages.withoutFacts();
    Locator form = pages.form(TUNNEL);
    assertThat(form.innerText()).doesNotContain("None is set.", "Is set");
    pages.save();
    gateway.awaitLine("INFO  Web console: " + TUNNEL + " is saved");

    assertThat(pages().form(TUNNEL).innerText()).contains("Is set and not shown.");
    assertThat(gateway.lines()).noneMatch(line -> line.contains("WARN"));
  }

  @Test
  void theKeyboardOpensAFormWhichIsNotLeftWithUnsavedChangesUnasked() throws Exception {
    ConsolePages pages = pages();
    pages.list().getByText(MAPPINGS).locator("..").focus();
    pages.key("Enter");
    Locator form = pages.form();
    form.locator("[name=destinations]").fill("DATA=1");

    assertThat(pages.keyAndAnswer("Escape", false)).contains("without saving");
    assertThat(form.isVisible()).isTrue();
    assertThat(pages.keyAndAnswer("Escape", true)).contains("without saving");
    assertThat(form.isVisible()).isFalse();
    assertThat(gateway.lines()).noneMatch(line -> line.contains("is saved"));
  }

  @Test
  void wrongPasswordsAndForeignSitesAreRefused() throws Exception {
    assertThat(browser.open("admin", "admin").navigate(url).status()).isEqualTo(401);
    Page page = browser.open("admin", PASSWORD);
    assertThat(page.navigate(url.replace("127.0.0.1", "localhost")).status()).isEqualTo(200);
    assertThat(page.navigate(url.replace("127.0.0.1", "foreign.localhost")).status())
        .isEqualTo(403);

    page.setContent(
        "<form method='post' action='%s/%s'><input name='apply' value='1'>".formatted(url, MAPPINGS)
            + "<input name='delete' value='1'><button>Win a prize</button></form>");
    Response answer =
        page.waitForResponse(
            response -> response.request().method().equals("POST"),
            () -> page.locator("button").click());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(gateway.lines()).noneMatch(line -> line.contains("is deleted"));
  }

  private static void assertLeadsTo(ServerSocket application, LocalProxy source)
      throws IOException, InterruptedException {
    try (Socket client = new Socket()) {
      client.connect(source.address("DATA"));
      client.getOutputStream().write(7);
      try (Socket accepted = application.accept()) {
        assertThat(accepted.getInputStream().read()).isEqualTo(7);
      }
    }
  }

  private ConsolePages pages() {
    return new ConsolePages(browser.open("admin", PASSWORD), url);
  }
}
