// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.culvert.launcher.reference.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong is told in one line with the key, the value and what is allowed. */
class BadInputTest {
  private static final String SECRET = "tok3n-that-nobody-may-see";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          -r us-east-1                        | mode: must be given by --source-listen-port, --destination-app or --mode
          -s 5555                             | region: must be given by --region, or else --proxy-endpoint must
          -r us-east-1 -s 1 -d 2              | --source-listen-port '1' and --destination-app '2': only one of them is allowed
          -r us-east-1 -e host -s 1           | --region 'us-east-1' and --proxy-endpoint 'host': only one of them is allowed
          -r us-east-1 -s 1 -m dst            | --mode 'dst' and --source-listen-port '1': are for different modes
          -r us-east-1 -d 1 -m source         | --mode 'source' and --destination-app '1': are for different modes
          -r us-east-1 -m both                | --mode 'both': must be src, source, dst or destination
          -r US-EAST-1 -s 1                   | region 'US-EAST-1': must look like us-east-1
          -r us-east -s 1                     | region 'us-east': must look like us-east-1
          -r evil.example/us-east-1 -s 1      | region 'evil.example/us-east-1': must look like us-east-1
          -r us-east-1 -s 65536               | --source-listen-port '65536': must be a port (0 to 65535
          -r us-east-1 -s -1                  | --source-listen-port '-1': must be a port
          -r us-east-1 -s ssh                 | --source-listen-port 'ssh': must be a port
          -r us-east-1 -s /run/x.sock         | --source-listen-port '/run/x.sock': must be a port
          -r us-east-1 -s host:               | --source-listen-port 'host:': must be a port
          -r us-east-1 -s ::1:22              | --source-listen-port '::1:22': must be a port
          -r us-east-1 -s ,                   | --source-listen-port ',': must be one endpoint or id=endpoint,id2=endpoint2
          -r us-east-1 -s SSH=1,2             | --source-listen-port 'SSH=1,2': has '2' without a service id; must be one endpoint or
          -r us-east-1 -s 1,2                 | --source-listen-port '1,2': has '1' without a service id; must be one endpoint or
          -r us-east-1 -s S.H=1               | --source-listen-port 'S.H=1': has the service id 'S.H', which must be 1 to 128 letters
          -r us-east-1 -s =1                  | --source-listen-port '=1': has the service id '', which must be 1 to 128 letters
          -r us-east-1 -s SSH=                | --source-listen-port 'SSH=': has the endpoint '' of SSH, which must be a port
          -r us-east-1 -s SSH==22             | --source-listen-port 'SSH==22': has the endpoint '=22' of SSH, which must be a port
          -r us-east-1 -s A=1,A=2             | --source-listen-port 'A=1,A=2': has 1 and 2 for service A, which must come once
          -r us-east-1 -s A=300.1.2.3:1       | --source-listen-port 'A=300.1.2.3:1': has the endpoint '300.1.2.3:1' of A, which must be a port
          -r us-east-1 -s 1 -b 1:2:3          | --local-bind-address '1:2:3': must be a host name, an IPv4 or an IPv6 address
          -r us-east-1 -s A=[1:2:3]:1         | --source-listen-port 'A=[1:2:3]:1': has the endpoint '[1:2:3]:1' of A, which must be a port
          -r us-east-1 -s 1 -b 300.1.2.3      | --local-bind-address '300.1.2.3': must be a host name, an IPv4 or an IPv6 address
          -r us-east-1 -d 0                   | --destination-app '0': must be a port (1 to 65535), host:port, [IPv6]:port or
          -r us-east-1 -d localhost           | --destination-app 'localhost': must be a port (1 to 65535)
          -r us-east-1 -d SSH=h:70000         | --destination-app 'SSH=h:70000': has the endpoint 'h:70000' of SSH, which must be a port (1 to
          -r us-east-1 -d SSH=[::1]           | --destination-app 'SSH=[::1]': has the endpoint '[::1]' of SSH, which must be a port (1 to
          -r us-east-1 -d SSH=/run/           | --destination-app 'SSH=/run/': has the endpoint '/run/' of SSH, which must be a port (1 to
          -e https://host -s 1                | --proxy-endpoint 'https://host': must be host, host:port, [IPv6] or [IPv6]:port
          -e host:0 -s 1                      | --proxy-endpoint 'host:0': must be host, host:port
          -e host:99999 -s 1                  | --proxy-endpoint 'host:99999': must be host, host:port
          -e host- -s 1                       | --proxy-endpoint 'host-': must be host, host:port
          -r us-east-1 -s 1 -v 256            | --verbose '256': must be 0 (nothing) to 6 (trace); up to 255 is the same as 6
          -r us-east-1 -s 1 -v info           | --verbose 'info': must be 0 (nothing) to 6
          -r us-east-1 -s 1 -y V4             | --destination-client-type 'V4': must be V1, V2 or V3
          -r us-east-1 -s 1 -b 1.2.3.4:5      | --local-bind-address '1.2.3.4:5': must be a host name, an IPv4 or an IPv6 address
          -r us-east-1 -s 1 -c /does/not/be   | --capath '/does/not/be': must be an existing file or folder
          -r us-east-1 -s 1 --config /no.ini  | --config '/no.ini': does not exist
          -r us-east-1 -m src --config-dir /x | --config-dir '/x': must be an existing folder
          -r us-east-1 -s 1 --settings-json x | does not exist
          -r us-east-1 -s 1 --nonsense=value  | '--nonsense' is not an option (see localproxy --help)
          -r us-east-1 -s 1 -zvalue           | '-z' is not an option (see localproxy --help)
          -r us-east-1 -s 1 value             | there is an argument that belongs to no option (see localproxy --help)
          -s 1 -r                             | --region: must be followed by a value (see localproxy --help)
          -s 1 -r -b ::1                      | --region: must be followed by a value (see localproxy --help)
          -s 1 -r us-east-1 -r us-east-2      | --region: may be given only once (see localproxy --help)
          -s 1 -r us-east-1 -k=maybe          | has a value and takes none (see localproxy --help)
          """)
  void malformedOptionsAreToldByKeyValueAndWhatIsAllowed(String arguments, String message) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read(Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", SECRET), arguments.split(" +")))
        .satisfies(e -> assertThat(e.getMessage()).contains(message).doesNotContain("\n", SECRET));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          region us-east-1             | line 1: must be name = value, # comment or [section]
          = us-east-1                  | line 1: must be name = value, # comment or [section]
          regoin = us-east-1           | line 1: regoin: is not an option; allowed are the long names
          r = us-east-1                | line 1: r: is not an option
          [a];region = us-east-1       | line 2: a.region: is not an option
          region =                     | line 1: region '': must not be empty
          region = a-b-1;region = a    | line 2: region 'a': may be given only once
          no-ssl-host-verify = maybe   | line 1: no-ssl-host-verify 'maybe': must be on, yes, 1, true, off, no, 0 or false
          verbose = loud               | line 1: verbose 'loud': must be 0 (nothing) to 6
          destination-app = x          | line 1: destination-app 'x': must be a port
          """)
  void malformedConfigurationFilesAreToldByLine(String lines, String message) throws Exception {
    Path file = folder.resolve("bad.ini");
    Files.writeString(file, lines.replace(';', '\n'));

    assertThatExceptionOfType(InputException.class)
        .isThrownBy(
            () ->
                read(
                    Map.of(
                        "AWSIOT_TUNNEL_ACCESS_TOKEN", SECRET, "AWSIOT_TUNNEL_REGION", "eu-west-1"),
                    "--config",
                    file.toString()))
        .withMessageContaining(file + " " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-t|" + SECRET + " x|-r|us-east-1|-s|1",
        "-i|" + SECRET + "|-t|a|-r|us-east-1|-s|1",
        "-t|" + SECRET + "|-t|" + SECRET + "|-r|us-east-1|-s|1",
        "-r|us-east-1|-s|1|" + SECRET,
        "-r|-t" + SECRET,
        "--access-tokn=" + SECRET + "|-s|1",
        "-X" + SECRET,
      })
  void messagesNeverRepeatATokenEvenIfItIsInTheWrongPlace(String arguments) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read(Map.of(), arguments.split("\\|")))
        .satisfies(
            e -> {
              assertThat(e.toString()).doesNotContain(SECRET);
              assertThat(String.valueOf(e.getCause())).doesNotContain(SECRET);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {SECRET, SECRET + "+/==", "ALLCAPSTOKEN==", "acces-token = " + SECRET})
  void aLineOfAConfigurationFileThatMayBeATokenIsNotRepeated(String text) throws Exception {
    Path file = folder.resolve("token.ini");
    Files.writeString(file, text);

    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read(Map.of(), "--config", file.toString()))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET, "ALLCAPSTOKEN"));
  }

  @Test
  void aMissingTokenIsToldWithAllThreeWaysToGiveIt() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read(Map.of(), "-r", "us-east-1", "-s", "1"))
        .withMessage(
            "access-token: must be given, in AWSIOT_TUNNEL_ACCESS_TOKEN, a --config file or by"
                + " --access-token");
  }

  private void read(Map<String, String> environment, String... arguments) {
    new RequestReader("test", new Surroundings(environment, folder)).read(List.of(arguments));
  }
}
