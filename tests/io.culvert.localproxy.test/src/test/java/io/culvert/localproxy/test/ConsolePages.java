// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** The configuration page of the Web Console, as its user sees it. For one thread. */
final class ConsolePages {
  private static final Path PICTURES = Path.of("target", "web-console");

  private final Page page;
  private final String url;

  ConsolePages(Page page, String url) {
    this.page = page;
    this.url = url;
  }

  /** Goes on without what the gateway tells beside the console itself. */
  void withoutFacts() {
    page.route("**/culvert.json", Route::abort);
    page.onDialog(Dialog::accept); // says that there is no answer
  }

  /** Opens the list of configurations, and waits until it is complete. */
  Locator list() {
    page.navigate(url);
    Locator list = page.locator("#configTable");
    // The page is there before its rows; they get their buttons last, all at once.
    list.getByRole(AriaRole.BUTTON).first().waitFor();
    return list;
  }

  /** Opens the form of a configuration that is named so in the list. */
  Locator form(String name) {
    return open(list().getByText(name, new Locator.GetByTextOptions().setExact(true)));
  }

  private Locator open(Locator row) {
    row.click();
    return form();
  }

  /** Waits for the form that is being opened. */
  Locator form() {
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
    press("Save");
    return problems();
  }

  /** Returns what the open form says about wrong values. */
  String problems() {
    page.locator(".culvert-banner").waitFor();
    return String.join("\n", page.locator(".culvert-problem").allInnerTexts());
  }

  /** Presses a key where the cursor is. */
  void key(String name) {
    page.keyboard().press(name);
  }

  /** Presses a key, and answers the question that follows. */
  String keyAndAnswer(String name, boolean yes) {
    AtomicReference<String> asked = new AtomicReference<>("");
    page.onceDialog(
        dialog -> {
          asked.set(dialog.message());
          if (yes) {
            dialog.accept();
          } else {
            dialog.dismiss();
          }
        });
    key(name);
    return asked.get();
  }

  /** Saves the open form by pressing Enter. */
  void enter() {
    accept(posted(() -> key("Enter")));
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
    return posted(
        () ->
            page.locator(".ui-dialog:visible")
                .getByRole(
                    AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true))
                .click());
  }

  private Response posted(Runnable action) {
    return page.waitForResponse(response -> response.request().method().equals("POST"), action);
  }

  /** Keeps a picture of what is shown, to be looked at. */
  void picture(String name) {
    Path file = PICTURES.resolve(name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
  }
}
