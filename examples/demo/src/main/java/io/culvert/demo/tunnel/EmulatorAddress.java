// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.tunnel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.culvert.demo.DemoException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where the emulator is. Immutable.
 *
 * @param control the AWS API, where tunnels are opened.
 * @param data host and port that both ends of a tunnel connect to.
 * @param authority the file with the certificate that they have to trust.
 */
public record EmulatorAddress(URI control, String data, Path authority) {
  /** Reads what the emulator wrote; its other members are for others. */
  public static EmulatorAddress read(Path file) throws DemoException {
    String control = null;
    String data = null;
    String authority = null;
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING && json.currentName() != null) {
          switch (json.currentName()) {
            case "controlEndpoint" -> control = json.getText();
            case "dataEndpoint" -> data = json.getText();
            case "caFile" -> authority = json.getText();
            default -> {}
          }
        }
      }
    } catch (IOException e) {
      throw new DemoException("cannot read '" + file + "': " + e.getClass().getSimpleName(), e);
    }
    if (control == null || data == null || authority == null) {
      throw new DemoException(
          "'" + file + "' does not hold all of controlEndpoint, dataEndpoint and caFile");
    }
    return new EmulatorAddress(URI.create(control), data, Path.of(authority));
  }
}
