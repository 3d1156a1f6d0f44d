// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code culvert import} prints and writes, and when it stops before. */
class ImportCommandTest {
  private static final String TOKEN = "s3cret-acce55";
  private static final String CLIENT_TOKEN = "s3cret-c11ent-0123456789-0123456789";

  @TempDir private Path folder;
  private ImportRun run;

  @BeforeEach
  void prepare() throws Exception {
    run = new ImportRun(folder);
  }

  @Test
  void everyOptionOfAFileBecomesAKeyOrSaysWhyNot() throws Exception {
    Files.createDirectory(folder.resolve("ca"));
    write(
        "config.ini",
        """
        # A gateway.
        access-token = %s
        client-token = %s
        proxy-endpoint = Tunnel.Example:8443
        region = us-east-1
        mode = src
        source-listen-port = SSH=5555, HTTP=127.0.0.1:0  # two
        local-bind-address = [::1]
        capath = ca
        no-ssl-host-verify =
        destination-client-type = v2
        verbose = 6
        settings-json = s.json
        config-dir = none
        help = yes
        verbose = 5
        regoin = us-east-1
        %s==
        %s
        capaht
        """
            .formatted(TOKEN, CLIENT_TOKEN, TOKEN, TOKEN));
    write("other/a.ini", "SSH=1\n");
    write("s.json", "{\"tunneling\": {\"proxy\": {\"default_bind_address\": \"127.0.0.1\"}}}");

    assertThat(run.run("--config", "config.ini", "--config-dir", "other", "--name", "old"))
        .isZero();

    assertThat(run.out())
        .isEqualTo(
            """
            took     config.ini:2  access-token = **** -> io.culvert.Tunnel~old mode = source, access.token
            took     config.ini:3  client-token = **** -> io.culvert.Tunnel~old client.token
            took     config.ini:4  proxy-endpoint = Tunnel.Example:8443 -> io.culvert.TunnelManager endpoint = tunnel.example:8443
            dropped! config.ini:5  region = us-east-1 because it excludes the other of region and proxy-endpoint
            took     config.ini:6  mode = src -> io.culvert.Tunnel~old mode = source
            took     config.ini:7  source-listen-port = SSH=5555, HTTP=127.0.0.1:0 -> io.culvert.StreamBridge strict.services = true; io.culvert.Tunnel~old services
            took     config.ini:8  local-bind-address = [::1] -> io.culvert.StreamBridge bind.address = ::1
            took     config.ini:9  capath = ca -> io.culvert.TunnelManager ca.path = ca
            took     config.ini:10  no-ssl-host-verify = '' -> io.culvert.TunnelManager tls.verify.chain = false, tls.verify.host = false
            took     config.ini:11  destination-client-type = v2 -> io.culvert.Tunnel~old version = V2
            dropped  config.ini:12  verbose = 6 because it is no configuration; bin/culvert has --verbose, and conf/logging.properties
            took     config.ini:13  settings-json = s.json -> read, see below
            dropped  config.ini:14  config-dir = none because it is overruled by the command line
            dropped! config.ini:15  help = yes because it has no effect in a configuration file
            dropped! config.ini:16  verbose = 5 because it may be given only once
            dropped! config.ini:17  regoin because it is not an option; allowed are the long names that localproxy --help lists
            dropped! config.ini:18 because it is not an option; allowed are the long names that localproxy --help lists
            dropped! config.ini:19 because it must be name = value, # comment or [section]
            dropped! config.ini:20 because it must be name = value, # comment or [section]
            took     other/a.ini:1  SSH = 1 -> io.culvert.ServiceMappingConfig sources
            dropped  s.json:1  tunneling.proxy.default_bind_address = 127.0.0.1 because it is overruled by local-bind-address

            Took 11 of 21 entries, dropped 10.
            LOOK AT 7 of them, marked 'dropped!': they are wrong, or something is missing without them.
            Wrote conf/io.culvert.TunnelManager.cfg.json
            Wrote conf/io.culvert.StreamBridge.cfg.json
            Wrote conf/io.culvert.ServiceMappingConfig.cfg.json
            Wrote conf/io.culvert.Tunnel~old.cfg.json
            Next: io.culvert.Tunnel~old.cfg.json holds a token; only its owner can read it, so give it to the user of the gateway.
            Next: start bin/culvert; one that runs follows within two seconds.
            """);
    assertThat(run.texts().get("io.culvert.TunnelManager.cfg.json"))
        .isEqualTo(
            """
            // Made by culvert import from config.ini, other
            {
              "endpoint": "tunnel.example:8443",
              "ca.path": "/cwd/ca",
              "tls.verify.chain": false,
              "tls.verify.host": false
            }
            """);
    assertThat(run.texts().get("io.culvert.Tunnel~old.cfg.json"))
        .isEqualTo(
            """
            // Made by culvert import from config.ini, other
            {
              "mode": "source",
              "access.token": "%s",
              "client.token": "%s",
              "services": [
                "SSH=5555",
                "HTTP=127.0.0.1:0"
              ],
              "version": "V2"
            }
            """
                .formatted(TOKEN, CLIENT_TOKEN));
  }

  @Test
  void withoutATokenMappingsAreThoseOfAllTunnelsAndWhatBelongsToOneIsDropped() throws Exception {
    write(
        "config.ini",
        """
        region = us-east-1
        destination-app = SSH=22
        client-token = %s
        destination-client-type = V1
        no-ssl-host-verify = off
        access-token = with space
        """
            .formatted(CLIENT_TOKEN));
    write("tree/a.ini", "SSH=23\nVNC=5900\n");
    write(
        "s.json",
        """
        {"tunneling": {"proxy": {
          "endpoint_format": "t.%s.example",
          "region_endpoint_overrides": {"us-east-1": "one.example", "x": "two.example"},
          "default_bind_address": "127.0.0.1",
          "message": {"max_size": 1, "max_payload_size": null},
          "websocket": {"max_frame_size": 1, "reconnect_on_data_error": true,
                        "retry_delay_ms": 70000, "retry_delay_ms": 1},
          "tcp": {"read_buffer_size": 1, "connection_retry_count": "many", "other": "s3cret"}}}}
        """);

    assertThat(run.run("--config=config.ini", "--config-dir=tree", "--settings-json=s.json"))
        .isZero();

    String proxy = "tunneling.proxy.";
    assertThat(run.out())
        .startsWith(
            """
            took     config.ini:1  region = us-east-1 -> io.culvert.TunnelManager region
            took     config.ini:2  destination-app = SSH=22 -> io.culvert.ServiceMappingConfig destinations
            dropped! config.ini:3  client-token = **** because it belongs to one tunnel, and no access-token is here; write client.token into the tunnel's own file
            dropped! config.ini:4  destination-client-type = V1 because it belongs to one tunnel, and no access-token is here; write version into the tunnel's own file
            dropped  config.ini:5  no-ssl-host-verify = off because it is off anyway
            dropped! config.ini:6  access-token = **** because it must be 1 to 3072 printable ASCII characters without spaces
            dropped  tree/a.ini:1  SSH = 23 because it comes after --config, which goes before it
            took     tree/a.ini:2  VNC = 5900 -> io.culvert.ServiceMappingConfig destinations
            dropped  s.json:2  PREFIXendpoint_format = t.%s.example because it is overruled by region_endpoint_overrides.us-east-1
            took     s.json:3  PREFIXregion_endpoint_overrides.us-east-1 = one.example -> io.culvert.TunnelManager region.endpoints
            dropped! s.json:3  PREFIXregion_endpoint_overrides.x = two.example because it must be for a region, which looks like us-east-1
            dropped  s.json:4  PREFIXdefault_bind_address = 127.0.0.1 because it counts at a source only
            dropped  s.json:5  PREFIXmessage.max_size = 1 because it has no effect: the protocol fixes it
            dropped! s.json:5  PREFIXmessage.max_payload_size because it must be a string, a number, true or false
            dropped  s.json:6  PREFIXwebsocket.max_frame_size = 1 because it has no effect: max.frame of io.culvert.TunnelManager is the bound
            dropped  s.json:6  PREFIXwebsocket.reconnect_on_data_error = true because it has no effect: Culvert always connects again
            took     s.json:7  PREFIXwebsocket.retry_delay_ms = 70000 -> io.culvert.TunnelManager retry.delay, retry.max.delay
            dropped! s.json:7  PREFIXwebsocket.retry_delay_ms = 1 because it comes twice, and the first counts
            dropped  s.json:8  PREFIXtcp.read_buffer_size = 1 because it has no effect: there is no such buffer; buffer.connection and buffer.tunnel of io.culvert.StreamBridge are the bounds
            dropped! s.json:8  PREFIXtcp.connection_retry_count = many because it must be a whole number from -1 to 1000000
            dropped! s.json:8  PREFIXtcp.other because it is unknown and ignored

            Took 5 of 21 entries, dropped 16.
            """
                .replace("PREFIX", proxy));
    assertThat(run.texts())
        .containsOnlyKeys(
            "io.culvert.ServiceMappingConfig.cfg.json", "io.culvert.TunnelManager.cfg.json");
    assertThat(run.out() + run.texts()).doesNotContain("s3cret");
  }

  @Test
  void theCommandLineSaysTheModeOfAFileWithMappingsOfBothEnds() throws Exception {
    write("config.ini", "source-listen-port = 5555\ndestination-app = 22\nmode = both\n");

    assertThat(run.run("--config=config.ini")).isEqualTo(1);
    assertThat(run.err()).contains("only one of them is allowed; nothing is written");

    assertThat(run.run("--config=config.ini", "--mode=src")).isZero();
    assertThat(run.out())
        .startsWith(
            """
            took     config.ini:1  source-listen-port = 5555 -> io.culvert.ServiceMappingConfig sources
            dropped! config.ini:2  destination-app = 22 because it is for the other end than --mode says
            dropped! config.ini:3  mode = both because it must be src, source, dst or destination
            """);
  }

  @Test
  void strictWritesNothingIfAnEntryNeedsALook() throws Exception {
    write("config.ini", "region = us-east-1\nregoin = x\n");

    assertThat(run.run("--config=config.ini", "--strict")).isEqualTo(1);

    assertThat(run.out()).contains("took     config.ini:1", "dropped! config.ini:2", "LOOK AT 1");
    assertThat(run.err()).endsWith("mend what is marked 'dropped!'; nothing is written\n");
    assertThat(run.texts()).isEmpty();
  }

  @Test
  void whereNothingIsTakenNoFileIsWritten() throws Exception {
    write("config.ini", "verbose = 6\n");

    assertThat(run.run("--config=config.ini")).isZero();

    assertThat(run.out()).endsWith("\nTook 0 of 1 entry, dropped 1.\nNo file is needed.\n");
    assertThat(run.texts()).isEmpty();
  }

  @Test
  void withoutInputTheHelpIsShown() {
    assertThat(run.run("--force")).isEqualTo(1);
    assertThat(run.err()).startsWith("Usage: import ").contains("--config-dir=FOLDER", "Example:");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --config=no.ini                     | --config 'no.ini': does not exist
          --config=latin1.ini                 | --config 'latin1.ini': is not UTF-8 text
          --config=                           | --config '': must not be empty
          --config-dir=no -m dst              | --config-dir 'no': must be an existing folder
          --config-dir=conf -m dst            | --config-dir 'conf': must be a folder with mapping files, but
          --config-dir=tree                   | --config-dir 'tree': needs --mode source or --mode destination
          --config-dir=tree -m both           | --mode 'both': must be src, source, dst or destination
          --config=token.ini                  | access-token: needs --mode source or --mode destination
          --config=follow.ini                 | does not exist
          --settings-json=bad.json            | bad.json line 1: is not JSON
          --settings-json=s.json --to=no/new  | --to 'no/new': must be a folder that this user may write, or a new one in
          --settings-json=s.json --to=s.json  | --to 's.json': must be a folder that this user may write, or a new one in
          --settings-json=s.json --name=a/b   | --name 'a/b': must be letters, digits, '.', '_' and '-'
          """)
  void aSourceThatCannotBeUsedKeepsAllFromBeingWritten(String arguments, String message)
      throws Exception {
    Files.write(folder.resolve("latin1.ini"), new byte[] {'#', (byte) 0xff});
    write("tree/a.ini", "SSH=22\n");
    write("token.ini", "access-token = " + TOKEN + "\n");
    write("follow.ini", "region = us-east-1\nsettings-json = no.json\n");
    write("bad.json", "{\"access-token\": s3cret");
    write("s.json", "{}");

    assertThat(run.run(arguments.split(" +"))).isEqualTo(1);

    assertThat(run.err())
        .startsWith("culvert: ")
        .contains(message)
        .endsWith("; nothing is written\n")
        .hasLineCount(1)
        .doesNotContain("s3cret");
    assertThat(run.out()).isEmpty();
    assertThat(run.texts()).isEmpty();
  }

  private void write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
