// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.fault;

import io.culvert.emulator.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Asks the fault control of a running emulator. Blocking; callable from any thread. */
public final class FaultClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final HttpClient http;
  private final URI endpoint;
  private final FaultToken token;

  /**
   * Makes a client.
   *
   * @param endpoint where the fault control is.
   * @param token opens it.
   * @param trust used if the endpoint is HTTPS.
   */
  public FaultClient(URI endpoint, FaultToken token, SSLContext trust) {
    this.endpoint = endpoint;
    this.token = token;
    this.http =
        HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trust)
            .build();
  }

  /**
   * Has a fault carried out.
   *
   * @return the answer: {@code tunnel} and {@code ends}.
   * @throws RefusedException if it is refused or nobody answers.
   */
  public Map<String, Object> carryOut(FaultRequest request) throws RefusedException {
    return ask(
        HttpRequest.newBuilder(endpoint)
            .POST(HttpRequest.BodyPublishers.ofString(request.toJson(), StandardCharsets.UTF_8)));
  }

  /**
   * Asks for the state of all open tunnels.
   *
   * @return the answer: {@code tunnels}.
   * @throws RefusedException if it is refused or nobody answers.
   */
  public Map<String, Object> status() throws RefusedException {
    return ask(HttpRequest.newBuilder(endpoint).GET());
  }

  private Map<String, Object> ask(HttpRequest.Builder request) throws RefusedException {
    try {
      HttpResponse<String> answer =
          http.send(
              request
                  .header("Authorization", token.authorization())
                  .header("Content-Type", "application/json")
                  .timeout(PATIENCE)
                  .build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      Map<String, Object> members = Json.read(answer.body());
      if (answer.statusCode() != OK) {
        throw new RefusedException(String.valueOf(members.get("error")));
      }
      return members;
    } catch (ConnectException e) {
      throw new RefusedException(
          "the emulator has ended without a good-bye: nobody listens at " + endpoint, e);
    } catch (IOException e) {
      throw new RefusedException("no proper answer from " + endpoint + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted", e);
    }
  }
}
