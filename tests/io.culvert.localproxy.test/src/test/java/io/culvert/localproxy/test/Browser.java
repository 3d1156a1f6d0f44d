// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Chromium without a window. For one thread; closing it ends the browser. */
final class Browser implements AutoCloseable {
  private static final double LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(Program.LIMIT_SECONDS);
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts it; without Chromium or what drives it the test is skipped. */
  static Browser start() {
    String chromium = Program.find("chromium");
    String node = Program.find("node");
    Path driver = Path.of(System.getProperty("playwright.cli.dir"), "package");
    assumeTrue(Files.isDirectory(driver), "Playwright's driver is not installed, see .ci/install");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", node)));
    try {
      return new Browser(
          playwright,
          playwright
              .chromium()
              .launch(
                  new LaunchOptions()
                      .setExecutablePath(Path.of(chromium))
                      .setArgs(ARGUMENTS)
                      .setTimeout(LIMIT_MILLIS)));
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  /** Opens a window for somebody who answers with user name and password when asked. */
  Page open(String user, String password) {
    Page page =
        browser.newPage(
            new NewPageOptions().setHttpCredentials(user, password).setViewportSize(1200, 1500));
    page.setDefaultTimeout(LIMIT_MILLIS);
    return page;
  }

  /** Closes all windows; nobody who opens one later is logged in. */
  void closeWindows() {
    browser.contexts().forEach(BrowserContext::close);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
