// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.json.Json;
import io.culvert.emulator.tls.ClientTrust;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The assembled program as a process, with a folder of its own. */
abstract class ProgramFixture {
  static final Path PROGRAM = Path.of("target/emulator/bin/emulator").toAbsolutePath();

  @TempDir Path temporary;
  final Map<String, String> environment = new HashMap<>();
  final List<RunningProgram> programs = new ArrayList<>();

  @AfterEach
  void stopAll() {
    programs.forEach(RunningProgram::kill);
  }

  Map<String, Object> openTunnel(RunningProgram emulator) throws Exception {
    return call(emulator, "OpenTunnel", "{'destinationConfig': {'services': ['SSH']}}");
  }

  /** Calls the API; apostrophes in the text stand for quotation marks. */
  Map<String, Object> call(RunningProgram emulator, String operation, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(emulator.file().get("controlEndpoint") + "/"))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "IoTSecuredTunneling." + operation)
            .POST(BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    return Json.read(http().send(request, BodyHandlers.ofString()).body());
  }

  HttpClient http() throws Exception {
    return HttpClient.newBuilder().sslContext(ClientTrust.only(folder().resolve("ca.pem"))).build();
  }

  RunningProgram start(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--folder", folder().toString()));
    arguments.addAll(List.of(options));
    RunningProgram program = new RunningProgram(PROGRAM, folder(), environment, arguments);
    programs.add(program);
    program.await("emulator status");
    return program;
  }

  Outcome run(String... arguments) throws Exception {
    return Outcome.of(PROGRAM, temporary, List.of(arguments));
  }

  Path folder() {
    return temporary.resolve("state");
  }
}
