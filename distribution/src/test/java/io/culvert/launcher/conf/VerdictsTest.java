// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.launcher.log.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of configurations that the components have judged. */
class VerdictsTest {
  private static final String PID = "io.culvert.Tunnel~a";
  private static final ConfName NAME = ConfName.parse(PID + ".cfg.json").orElseThrow();
  private static final ConfigurationProblem WRONG = new ConfigurationProblem("mode", "x", "wrong");
  private static final ConfigurationProblem SECRET = new ConfigurationProblem("token", null, "no");

  private final FakeConfigurations admin = new FakeConfigurations();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Verdicts verdicts = new Verdicts(admin.service());

  @BeforeEach
  void start() throws Exception {
    Log.start(4, new PrintStream(log, true, UTF_8));
    ConfFile file = file("{\n\"mode\": \"x\", \"list\": [1]}");
    verdicts.put(file);
    admin.set(PID, file.values());
  }

  @Test
  void ofWhatIsRefusedItIsSaidWhatHoldsInstead() {
    assertThat(refused(PID)).contains(": not in force, the tunnel stays closed: ");
    assertThat(refused("io.culvert.Tunnel.1f2e")).contains(", the tunnel stays closed: ");
    assertThat(refused("io.culvert.TunnelManager")).contains(", the defaults stay: ");

    say(ConfigurationState.ACCEPTED);
    assertThat(refused(PID)).contains(": not in force, what was before stays: ");
    assertThat(refused(PID)).contains(", what was before stays: ");

    verdicts.removed(PID);
    assertThat(refused(PID)).contains(", the tunnel stays closed: ");
  }

  @Test
  void aFileIsInForceOrNot() {
    assertThat(say(ConfigurationState.ACCEPTED)).isEqualTo("INFO  conf/%s: in force");
    assertThat(say(ConfigurationState.REFUSED, WRONG, SECRET))
        .isEqualTo(
            "WARN  conf/%s: not in force, what was before stays: line 2: mode 'x': wrong; token: no");
    assertThat(say(ConfigurationState.WAITING, SECRET))
        .isEqualTo("INFO  conf/%s: not in force yet: token: no");
  }

  @Test
  void whatIsOddIsNamedWithItsLineToo() {
    verdicts.changed(
        new ConfigurationStatus(
            PID, ConfigurationState.ACCEPTED, List.of(), List.of(WRONG, SECRET)));

    assertThat(said()).isEqualTo("WARN  conf/%s: in force, but line 2: mode 'x': wrong; token: no");
  }

  @Test
  void whatIsNotAsTheFileSaysIsOfAnotherTool() {
    admin.set(PID, Map.of("mode", "x", "list", new Long[] {2L}));
    assertThat(say(ConfigurationState.ACCEPTED))
        .isEqualTo("INFO  io.culvert.Tunnel~a: in force as another tool has configured it");
    assertThat(say(ConfigurationState.REFUSED, WRONG))
        .isEqualTo(
            "WARN  io.culvert.Tunnel~a as another tool has configured it: not in force, what was"
                + " before stays: mode 'x': wrong");

    verdicts.remove(NAME);
    assertThat(say(ConfigurationState.ACCEPTED)).startsWith("INFO  io.culvert.Tunnel~a: ");
  }

  @Test
  void whatIsToldWhileAFileIsHandedOverIsOfTheFileAsItWas() throws Exception {
    verdicts.put(file("{\"mode\": \"y\"}"));
    assertThat(say(ConfigurationState.REFUSED, WRONG))
        .contains("conf/%s: not in force, the tunnel stays closed: line 2: ");

    admin.set(PID, Map.of("mode", "y"));
    assertThat(say(ConfigurationState.REFUSED, WRONG))
        .contains("conf/%s: not in force, the tunnel stays closed: line 1: ");
  }

  @Test
  void defaultsAreNotWorthALine() {
    admin.delete(PID);
    assertThat(say(ConfigurationState.ACCEPTED)).isEmpty();
    assertThat(say(ConfigurationState.REFUSED, WRONG))
        .isEqualTo(
            "WARN  io.culvert.Tunnel~a: not in force, what was before stays: mode 'x': wrong");
  }

  @Test
  void aVerdictIsToldAlsoIfItsConfigurationIsDeletedMeanwhileOrCannotBeRead() {
    admin.failToList(new IllegalStateException("deleted"));
    assertThat(say(ConfigurationState.REFUSED, WRONG))
        .isEqualTo(
            "WARN  io.culvert.Tunnel~a: not in force, the tunnel stays closed: mode 'x': wrong");

    admin.failToList(new IOException("a test"));
    assertThat(say(ConfigurationState.REFUSED, WRONG).lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("cannot be found in ConfigAdmin", "a test"),
            line -> assertThat(line).contains("not in force, the tunnel stays closed: mode 'x'"));
  }

  private static ConfFile file(String text) throws ConfException {
    return new ConfFile(Path.of("conf", NAME.file()), NAME, "", ConfReader.read(text));
  }

  private String refused(String pid) {
    return say(pid, ConfigurationState.REFUSED, WRONG);
  }

  private String say(ConfigurationState state, ConfigurationProblem... errors) {
    return say(PID, state, errors);
  }

  private String say(String pid, ConfigurationState state, ConfigurationProblem... errors) {
    log.reset();
    verdicts.changed(new ConfigurationStatus(pid, state, List.of(errors), List.of()));
    return said();
  }

  /** Returns the line without its time, and with the name of the file as a pattern. */
  private String said() {
    return log.toString(UTF_8).strip().replaceFirst("^\\S+ ", "").replace(NAME.file(), "%s");
  }
}
