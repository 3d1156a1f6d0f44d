// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import io.culvert.api.TunnelMode;
import io.culvert.launcher.cli.Surroundings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the paths of sockets absolute, because a gateway works in another folder.
 *
 * @param surroundings the folder that paths are relative to.
 * @param mode which end the endpoints are for; only a destination connects to sockets.
 */
record Endpoints(Surroundings surroundings, TunnelMode mode) {

  String absolute(String endpoint) {
    return mode == TunnelMode.DESTINATION && endpoint.indexOf('/') >= 0
        ? surroundings.resolve(endpoint).toAbsolutePath().normalize().toString()
        : endpoint;
  }

  Entries absolute(Map<String, String> endpoints) {
    Map<String, String> result = new LinkedHashMap<>(endpoints);
    result.replaceAll((id, endpoint) -> absolute(endpoint));
    return new Entries(result);
  }
}
