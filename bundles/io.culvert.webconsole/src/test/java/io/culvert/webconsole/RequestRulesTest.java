// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest {
  private static final String FORM = "/configMgr/io.culvert.Tunnel";

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:8181", "LOCALHOST:1", "127.0.0.1:65535", "[::1]:9000"})
  void namesOfThisMachineLeadHere(String host) {
    assertThat(refusal(new FakeRequest("GET", "/configMgr").header("Host", host))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "foreign.example",
        "foreign.example:8181",
        "localhost.foreign.example",
        "foreign.localhost",
        "127.0.0.1.foreign.example",
        "127.0.0.2",
        "localhost:8181@foreign.example",
        "localhost:",
        "[::2]",
        "192.168.0.1"
      })
  void otherNamesDoNot(String host) {
    assertThat(refusal(new FakeRequest("GET", "/configMgr").header("Host", host)))
        .startsWith("Only http://localhost");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://localhost:8181",
    "Sec-Fetch-Site, same-origin",
    "Sec-Fetch-Site, none",
    "X-Anything, else"
  })
  void theConsolesOwnPagesMayPostForms(String header, String value) {
    assertThat(refusal(new FakeRequest("POST", FORM).header(header, value))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://foreign.example",
    "Origin, http://localhost:8080",
    "Origin, https://localhost:8181",
    "Origin, null",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void pagesOfOtherSitesMayNothing(String header, String value) {
    for (String method : new String[] {"GET", "POST"}) {
      assertThat(refusal(new FakeRequest(method, FORM).header(header, value)))
          .startsWith("Another site");
    }
  }

  @Test
  void onlyTheConsolesScriptMayReadAForm() {
    FakeRequest link = new FakeRequest("GET", FORM).parameter("post", "true");

    assertThat(refusal(link)).startsWith("A link must not");
    assertThat(refusal(link.header("X-Requested-With", "XMLHttpRequest"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /bundles",
    "POST, /vmstat",
    "POST, /configMgrs",
    "POST,",
    "PUT, /configMgr",
    "DELETE, /configMgr",
    "OPTIONS, /configMgr"
  })
  void nothingButFormsCanBeSent(String method, String path) {
    assertThat(refusal(new FakeRequest(method, path))).startsWith("Only configurations");
  }

  private static String refusal(FakeRequest request) {
    return RequestRules.refusal(request.get()).orElse("");
  }
}
