// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import io.culvert.emulator.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A tunnel of the emulator. Immutable. Its {@link #toString()} does not show the tokens.
 *
 * @param id its id.
 * @param sourceToken what the source shows.
 * @param destinationToken what the destination shows.
 */
record OpenedTunnel(String id, String sourceToken, String destinationToken) {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** Asks the AWS API of the emulator to open a tunnel. */
  static OpenedTunnel open(URI control, List<String> services)
      throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    String body = Json.write(Map.of("destinationConfig", Map.of("services", services)));
    HttpRequest request =
        HttpRequest.newBuilder(control)
            .timeout(LONGEST)
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "IoTSecuredTunneling.OpenTunnel")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new ProcessException("the emulator opens no tunnel: " + response.body());
    }
    Map<String, Object> answer = Json.read(response.body());
    return new OpenedTunnel(
        String.valueOf(answer.get("tunnelId")),
        String.valueOf(answer.get("sourceAccessToken")),
        String.valueOf(answer.get("destinationAccessToken")));
  }

  @Override
  public String toString() {
    return "tunnel " + id;
  }
}
