// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.folder;

import io.culvert.emulator.fault.FaultToken;
import io.culvert.emulator.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a running emulator is, as {@code emulator.json} tells it. Immutable. Its {@link
 * #toString()} does not show the token.
 *
 * @param pid the process.
 * @param region the AWS region that it stands for.
 * @param controlEndpoint where the AWS API is.
 * @param dataEndpoint host and port for local proxies.
 * @param authority the certificate that clients have to trust.
 * @param faultEndpoint where the fault control is.
 * @param faultToken what opens the fault control.
 */
public record RunningEmulator(
    long pid,
    String region,
    URI controlEndpoint,
    String dataEndpoint,
    Path authority,
    URI faultEndpoint,
    FaultToken faultToken) {
  static final String PID = "pid";
  private static final String REGION = "region";
  private static final String CONTROL = "controlEndpoint";
  private static final String DATA = "dataEndpoint";
  private static final String AUTHORITY = "caFile";
  private static final String FAULTS = "faultEndpoint";
  private static final String TOKEN = "faultToken";

  String toJson() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(PID, pid);
    members.put(REGION, region);
    members.put(CONTROL, controlEndpoint.toString());
    members.put(DATA, dataEndpoint);
    members.put(AUTHORITY, authority.toString());
    members.put(FAULTS, faultEndpoint.toString());
    members.put(TOKEN, faultToken.reveal());
    return Json.write(members);
  }

  static RunningEmulator ofJson(String text) throws IOException {
    Map<String, Object> members = Json.read(text);
    try {
      return new RunningEmulator(
          Long.parseLong(member(members, PID)),
          member(members, REGION),
          URI.create(member(members, CONTROL)),
          member(members, DATA),
          Path.of(member(members, AUTHORITY)),
          URI.create(member(members, FAULTS)),
          new FaultToken(member(members, TOKEN)));
    } catch (IllegalArgumentException e) {
      // The value may be the token in the wrong place.
      throw new IOException("a member has no value that fits it");
    }
  }

  private static String member(Map<String, Object> members, String name) throws IOException {
    Object value = members.get(name);
    if (value == null) {
      throw new IOException("'" + name + "' is missing");
    }
    return value.toString();
  }
}
