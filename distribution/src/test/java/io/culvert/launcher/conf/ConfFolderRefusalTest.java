// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds while a file cannot be used as it is. */
class ConfFolderRefusalTest {
  private static final String GOOD = "its last good version (applied 2";

  private WatchedConf conf;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    conf = WatchedConf.start(folder);
  }

  @Test
  void whatAComponentRefusesDoesNotTakeThePlaceOfWhatWasGood() throws Exception {
    conf.write("b", FakeComponents.WRONG);
    conf.settle();
    conf.restart();

    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.lines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains("WARN  " + conf.file("b") + ": not in force, " + GOOD)
                    .endsWith("Z) stays: line 1: access.token: is refused"));

    conf.forgetLines();
    conf.write("b", WatchedConf.TOKEN);
    conf.settle();
    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.lines())
        .singleElement()
        .asString()
        .endsWith("again as it was; its configuration has stayed");

    conf.write("b", FakeComponents.WRONG);
    conf.settle();
    Files.delete(conf.file("b"));
    conf.settle();
    assertThat(conf.admin().calls()).containsExactly("delete io.culvert.Tunnel~b");
  }

  @Test
  void ofAFileThatIsBrokenTheLastGoodVersionIsInForce() throws Exception {
    Files.writeString(conf.file("b"), "{");
    conf.settle();
    conf.accepted("io.culvert.Tunnel~b");
    conf.restart();
    conf.accepted("io.culvert.Tunnel~b");

    assertThat(conf.admin().calls()).isEmpty();
    for (List<String> lines : List.of(conf.lines().subList(0, 2), conf.lines().subList(2, 4))) {
      assertThat(lines)
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .contains("ERROR " + conf.file("b") + ": line 1, column 2: the text ends")
                      .contains("; " + GOOD)
                      .endsWith("Z) stays"),
              line ->
                  assertThat(line)
                      .contains("INFO  " + conf.file("b") + ": in force in " + GOOD)
                      .endsWith("Z)"));
    }
  }

  @Test
  void whatAnotherToolHasConfiguredIsNotTakenForTheLastGoodVersion() throws Exception {
    conf.admin().set("io.culvert.Tunnel~b", Map.of("access.token", "another"));
    Files.writeString(conf.file("b"), "{");
    conf.restart();
    conf.accepted("io.culvert.Tunnel~b");

    assertThat(conf.lines())
        .satisfiesExactly(
            line -> assertThat(line).endsWith("; what another tool has configured stays"),
            line ->
                assertThat(line)
                    .endsWith("io.culvert.Tunnel~b: in force as another tool has configured it"));
  }

  @Test
  void aFileThatIsBrokenFromTheBeginningLeavesDefaultsOrAClosedTunnel() throws Exception {
    Files.writeString(conf.folder().resolve("io.culvert.StreamBridge.cfg.json"), "");
    Files.writeString(conf.file("c"), "[]");
    Files.writeString(conf.folder().resolve("org.example.Some.cfg.json"), "");
    conf.settle();

    assertThat(conf.lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .endsWith(": is empty: write {} for the defaults; the defaults stay"),
            line -> assertThat(line).endsWith("}; the tunnel stays closed"),
            line -> assertThat(line).endsWith("; it has no effect"));
  }

  @Test
  void whatIsWrongFromTheBeginningSaysWhatIsThereInstead() throws Exception {
    conf.write("c", FakeComponents.WRONG);
    Files.writeString(
        conf.folder().resolve("io.culvert.StreamBridge.cfg.json"), "{\"backlog\": 0}");
    conf.settle();
    Files.delete(conf.file("c"));
    conf.settle();

    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("not in force, the defaults stay: line 1: backlog: "),
            line ->
                assertThat(line)
                    .contains("c.cfg.json: not in force, the tunnel stays closed: line 1: acc"));
    conf.admin().set("io.culvert.StreamBridge", Map.of("backlog", 0L));
    conf.restart();
    assertThat(conf.lines()).last().asString().contains("not in force, the defaults stay: ");
  }

  @Test
  void whatIsWrongIsNamedInTheOrderOfTheLines() throws Exception {
    Files.writeString(conf.file("c"), "{\"b\": \"wrong\",\n\"a\": \"wrong\"}");
    conf.settle();

    assertThat(conf.lines())
        .singleElement()
        .asString()
        .endsWith("closed: line 1: b: is refused; line 2: a: is refused");
  }

  @Test
  void whatLacksASecretAtAStartIsTakenBackUntilItIsThere() throws Exception {
    conf.components().allow(FakeComponents.MISSING);
    conf.write("c", FakeComponents.MISSING);
    conf.settle();
    conf.admin().calls().clear();
    conf.forgetLines();

    conf.components().refuse(FakeComponents.MISSING);
    conf.restart();
    conf.restart();
    assertThat(conf.countRefused()).isEqualTo(1);
    assertThat(conf.admin().calls()).containsExactly("delete io.culvert.Tunnel~c");
    assertThat(conf.lines())
        .hasSize(2)
        .allMatch(
            line ->
                line.endsWith(
                    "c.cfg.json: not in force, the tunnel stays closed: line 1: access.token: is"
                        + " refused"));

    conf.components().allow(FakeComponents.MISSING);
    conf.judgeAnew("missing");
    conf.settle();
    assertThat(conf.countRefused()).isZero();
    assertThat(conf.admin().calls()).last().isEqualTo("put io.culvert.Tunnel~c");
  }

  @Test
  void filesThatAreRefusedAreCounted() throws Exception {
    conf.write("b", FakeComponents.WRONG);
    Files.writeString(conf.file("c"), "[]");
    conf.restart();
    assertThat(conf.countRefused()).isEqualTo(2);

    conf.write("b", WatchedConf.TOKEN);
    Files.delete(conf.file("c"));
    conf.settle();
    assertThat(conf.countRefused()).isZero();
  }

  @Test
  void aFileThatLacksASecretIsJudgedAnewWhenThatIsThere() throws Exception {
    conf.write("c", FakeComponents.MISSING);
    conf.settle();
    conf.settle();
    assertThat(conf.lines()).singleElement().asString().contains("WARN", "closed", "access.token");

    conf.components().allow(FakeComponents.MISSING);
    conf.judgeAnew("another");
    conf.settle();
    assertThat(conf.admin().calls()).isEmpty();
    conf.judgeAnew("missing");
    conf.settle();
    assertThat(conf.admin().calls()).containsExactly("put io.culvert.Tunnel~c");
  }
}
