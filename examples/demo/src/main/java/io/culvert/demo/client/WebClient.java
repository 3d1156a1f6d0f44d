// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.client;

import io.culvert.demo.display.Progress;
import io.culvert.demo.process.Alarm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Uses the web servers behind the tunnel, each time over a new connection. Thread-safe. */
public final class WebClient {
  private static final Duration ANSWER = Duration.ofSeconds(3);

  /** Returns the HTTP client of the demo, which knows no web proxy. */
  public static HttpClient http() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .proxy(HttpClient.Builder.NO_PROXY)
        .connectTimeout(ANSWER)
        .build();
  }

  /**
   * Asks for a page.
   *
   * @return the page, or empty if there was no good answer.
   */
  public Optional<String> page(URI address) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
    try {
      HttpResponse<String> response = http().send(request, BodyHandlers.ofString());
      return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Prepares the download of a file. */
  public ResumingDownload download(URI address, Progress progress, Alarm alarm) {
    return new ResumingDownload(http(), address, progress, alarm);
  }
}
