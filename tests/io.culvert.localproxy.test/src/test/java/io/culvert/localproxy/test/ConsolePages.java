// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** The configuration page of the Web Console, as its user sees it. For one thread. */
final class ConsolePages {
  private static final Path PICTURES = Path.of("target", "web-console");

  private final Page page;
  private final String url;

  ConsolePages(Page page, String url) {
    this.page = page;
    this.url = url;
  }

  /** Opens the list of configurations. */
  Locator list() {
    page.navigate(url);
    return page.locator("#configTable");
  }

  /** Opens the form of a configuration that is named so in the list. */
  Locator form(String name) {
    return open(list().getByText(name, new Locator.GetByTextOptions().setExact(true)));
  }

  /** Opens the form of a configuration that is named like this in the list. */
  Locator form(Pattern name) {
    return open(list().getByText(name));
  }

  private Locator open(Locator row) {
    row.click();
    Locator form = page.locator(".ui-dialog:visible");
    form.getByText("Configuration Information").waitFor();
    return form;
  }

  /** Saves the open form. */
  void save() {
    accept(press("Save"));
  }

  /** Tries to save the open form, and returns why it cannot be. */
  String saveInVain() {
    AtomicReference<String> said = new AtomicReference<>("");
    page.onceDialog(
        dialog -> {
          said.set(dialog.message());
          dialog.accept();
        });
    press("Save");
    page.waitForCondition(() -> !said.get().isEmpty());
    return said.get();
  }

  /** Deletes the configuration of the open form. */
  void delete() {
    page.onceDialog(Dialog::accept);
    accept(press("Delete"));
  }

  private static void accept(Response answer) {
    assertThat(answer.status()).as(answer.statusText()).isLessThan(400);
  }

  private Response press(String name) {
    return page.waitForResponse(
        response -> response.request().method().equals("POST"),
        () ->
            page.getByRole(
                    AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
                .click());
  }

  /** Keeps a picture of what is shown, to be looked at. */
  void picture(String name) {
    Path file = PICTURES.resolve(name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
  }
}
