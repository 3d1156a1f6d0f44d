// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.tunnel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.culvert.demo.DemoException;
import io.culvert.demo.broker.Broker;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The gateway's folders: its configurations, which it watches, and its state. Files appear there
 * whole. Confined to one thread.
 */
public final class GatewayFolder {
  private static final String MAPPINGS = "io.culvert.ServiceMappingConfig.cfg.json";

  private final Path folder;

  /** Makes the folders, for this user only. */
  public GatewayFolder(Path folder) throws DemoException {
    this.folder = folder;
    try {
      var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
      Files.createDirectory(folder, mode);
      Files.createDirectory(conf(), mode);
      Files.createDirectory(state(), mode);
    } catch (IOException e) {
      throw new DemoException("cannot make the folder '" + folder + "': " + e.getMessage(), e);
    }
  }

  /** Returns the folder of configurations. */
  public Path conf() {
    return folder.resolve("conf");
  }

  /** Returns the folder of state. */
  public Path state() {
    return folder.resolve("state");
  }

  /** Returns the file that says where the services are. */
  public Path mappingsFile() {
    return conf().resolve(MAPPINGS);
  }

  /** Says where the tunnelling service is. */
  public void writeTunnelManager(EmulatorAddress emulator) throws DemoException {
    write(
        conf().resolve("io.culvert.TunnelManager.cfg.json"),
        json -> {
          json.writeStringField("endpoint", emulator.data());
          json.writeStringField("ca.path", emulator.authority().toString());
          json.writeStringField("state.dir", state().resolve("tokens").toString());
        });
  }

  /** Says where notifications come from, and by which name. */
  public void writeNotifications(Broker broker, String thing) throws DemoException {
    write(
        conf().resolve("io.culvert.MqttNotifications.cfg.json"),
        json -> {
          json.writeStringField("broker", broker.address());
          json.writeStringField("thing", thing);
          json.writeStringField("client.id", thing);
          json.writeStringField("certificate", broker.certificate(thing).toString());
          json.writeStringField("private.key", broker.key(thing).toString());
          json.writeStringField("ca.path", broker.authority().toString());
        });
  }

  /** Says which tunnel to be the destination of. */
  public void writeTunnel(OpenedTunnel tunnel) throws DemoException {
    write(
        conf().resolve("io.culvert.Tunnel~demo.cfg.json"),
        json -> {
          json.writeStringField("name", "demo");
          json.writeStringField("access.token", tunnel.destinationToken());
        });
  }

  /** Says where the services are. */
  public void writeMappings(Map<String, String> addresses) throws DemoException {
    writeMappings(mappingsFile(), addresses);
  }

  /** Writes such a file elsewhere, for the user to copy it here. */
  public void writeMappings(Path file, Map<String, String> addresses) throws DemoException {
    write(
        file,
        json -> {
          json.writeArrayFieldStart("destinations");
          for (Map.Entry<String, String> address : addresses.entrySet()) {
            json.writeString(address.getKey() + "=" + address.getValue());
          }
          json.writeEndArray();
        });
  }

  private void write(Path file, Members members) throws DemoException {
    StringWriter text = new StringWriter();
    try {
      try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
        json.useDefaultPrettyPrinter();
        json.writeStartObject();
        members.write(json);
        json.writeEndObject();
      }
      Path fresh = Files.createTempFile(folder, "new", ".json");
      Files.writeString(fresh, text + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new DemoException("cannot write '" + file + "': " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }
}
