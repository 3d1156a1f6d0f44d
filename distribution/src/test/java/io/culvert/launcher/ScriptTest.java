// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start scripts, with a fake Java that writes down how it was started. */
class ScriptTest {
  private static final List<String> HARD =
      List.of("-t", "s3cret", "a b", "", "*", "it's \"$HOME\" `id` \\", "two\nlines\n", "ü");

  @TempDir private Path folder;

  @BeforeEach
  void install() throws IOException {
    Files.createDirectories(folder.resolve("home/bin"));
    Files.createDirectories(folder.resolve("home/lib"));
    Path own = Path.of("src/main/scripts");
    Path shared = Path.of("../bundles/io.culvert.program/src/main/scripts");
    for (Path script :
        List.of(
            own.resolve("bin/localproxy"),
            own.resolve("bin/culvert"),
            shared.resolve("lib/java.sh"))) {
      Path copy =
          folder
              .resolve("home")
              .resolve(script.getName(script.getNameCount() - 2))
              .resolve(script.getFileName());
      Files.copy(script, copy);
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    fakeJava("jdk", "17.0.9");
  }

  @Test
  void argumentsReachJavaUnchangedAndOutOfSight() throws Exception {
    assertThat(run(Map.of(), HARD)).isZero();

    assertThat(argv()).noneMatch(argument -> argument.contains("s3cret"));
    assertThat(argv()).last().isEqualTo("io.culvert.launcher.Main");
    assertThat(environment()).containsEntry("CULVERT_ARG_COUNT", Integer.toString(HARD.size()));
    for (int i = 0; i < HARD.size(); i++) {
      assertThat(environment()).containsEntry("CULVERT_ARG_" + (i + 1), HARD.get(i));
    }
  }

  @Test
  void theGatewayGetsItsArgumentsUnchangedAndKeepsFilesToItself() throws Exception {
    fakeJava("jdk", "25.0.1");

    assertThat(run(gateway(), Map.of("CULVERT_JAVA_OPTS", "-Xmx128m"), HARD)).isZero();

    int main = argv().indexOf("io.culvert.launcher.gateway.Main");
    assertThat(argv().subList(main + 1, argv().size())).isEqualTo(HARD);
    assertThat(argv().subList(0, main))
        .containsSubsequence("-Xmx64m", "--enable-native-access=ALL-UNNAMED", "-Xmx128m")
        .containsSequence("-cp", folder.toRealPath().resolve("home/lib") + "/*")
        .contains("-XX:+ExitOnOutOfMemoryError");
    assertThat(Files.getPosixFilePermissions(folder.resolve("argv")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void eachProgramSaysItsOwnName() throws Exception {
    assertThat(run(gateway(), Map.of("CULVERT_JAVA", "/no/java"), List.of())).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err")))
        .startsWith("culvert: '/no/java' is not a program");
    assertThat(run(Map.of("CULVERT_JAVA", "/no/java"), List.of())).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err")))
        .startsWith("localproxy: '/no/java' is not a program");
  }

  @Test
  void javaGetsTheOptionsForAGateway() throws Exception {
    run(Map.of("CULVERT_JAVA_OPTS", "-Da=1 -Db=*"), List.of());

    assertThat(argv())
        .contains(
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-Da=1",
            "-Db=*")
        .noneMatch(argument -> argument.contains("TieredStopAtLevel"))
        .noneMatch(argument -> argument.startsWith("--"))
        .containsSequence("-cp", folder.toRealPath().resolve("home/lib") + "/*");
    assertThat(environment()).containsEntry("CULVERT_ARG_COUNT", "0");
  }

  @Test
  void memoryGoesBackToTheSystemUnlessTheUserKnowsBetter() throws Exception {
    run(Map.of("MALLOC_ARENA_MAX", "4", "CULVERT_JAVA_OPTS", "-Xmn16m"), List.of());

    assertThat(argv()).containsSubsequence("-Xms16m", "-Xmn4m", "-XX:CICompilerCount=2", "-Xmn16m");
    assertThat(environment())
        .containsEntry("MALLOC_ARENA_MAX", "4")
        .containsEntry("MALLOC_MMAP_THRESHOLD_", "32000")
        .containsEntry("MALLOC_TRIM_THRESHOLD_", "131072");
  }

  @Test
  void newerJavaIsToldToAllowWhatNettyDoes() throws Exception {
    fakeJava("jdk", "25.0.1");

    run(Map.of(), List.of());

    assertThat(argv())
        .contains("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
  }

  @Test
  void olderJavaIsRefusedByName() throws Exception {
    fakeJava("jdk", "11.0.2");

    assertThat(run(Map.of(), List.of())).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err")))
        .contains("jdk/bin/java' is Java 11: Java 17 or later is needed");
  }

  @Test
  void javaOfTheUserGoesBeforeJavaHome() throws Exception {
    Path other = fakeJava("other", "17.0.9");

    run(Map.of("CULVERT_JAVA", other.toString()), List.of());

    assertThat(environment()).containsEntry("FAKE", "other");
  }

  @Test
  void aJavaThatIsNotThereIsToldByName() throws Exception {
    assertThat(run(Map.of("CULVERT_JAVA", "/no/java"), List.of())).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err"))).contains("'/no/java' is not a program");
  }

  @Test
  void theScriptFindsItsFolderThroughLinks() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), script());
    Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("link"));

    assertThat(run(second, Map.of(), List.of())).isZero();
    assertThat(argv()).contains(folder.toRealPath().resolve("home/lib") + "/*");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aFolderWithAColonIsRefusedByName() throws Exception {
    Path home = Files.createDirectory(folder.resolve("a:b")).resolve("home");
    Files.move(folder.resolve("home"), home);

    assertThat(run(home.resolve("bin/culvert"), Map.of(), List.of())).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err")))
        .isEqualTo(
            "culvert: '%s' has a ':' in its path, which Java cannot start from: move it to a folder"
                    .formatted(home.toRealPath())
                + " without one\n");
  }

  @Test
  void textIsUtf8IfNoLocaleIsSet() throws Exception {
    run(Map.of(), List.of());
    assertThat(environment()).containsEntry("LC_CTYPE", "C.UTF-8");

    run(Map.of("LANG", "C"), List.of());
    assertThat(environment()).doesNotContainKey("LC_CTYPE");
  }

  private Path script() {
    return folder.resolve("home/bin/localproxy");
  }

  private Path gateway() {
    return folder.resolve("home/bin/culvert");
  }

  private int run(Map<String, String> environment, List<String> arguments) throws Exception {
    return run(script(), environment, arguments);
  }

  private int run(Path program, Map<String, String> environment, List<String> arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Makes a JDK whose java writes its arguments and its environment into files. */
  private Path fakeJava(String name, String version) throws IOException {
    Path java = folder.resolve(name).resolve("bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(
        folder.resolve(name).resolve("release"), "A=\"1\"\nJAVA_VERSION=\"" + version + "\"\n");
    Files.writeString(
        java,
        """
        #!/bin/sh
        FAKE=%s; export FAKE
        printf '%%s\\0' "$@" > '%s/argv'
        env -0 > '%s/env'
        """
            .formatted(name, folder, folder));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return java;
  }

  private List<String> argv() throws IOException {
    return fields("argv").toList();
  }

  private Map<String, String> environment() throws IOException {
    Map<String, String> environment = new HashMap<>();
    fields("env")
        .forEach(
            field -> {
              int equals = field.indexOf('=');
              environment.put(field.substring(0, equals), field.substring(equals + 1));
            });
    return environment;
  }

  private Stream<String> fields(String file) throws IOException {
    return Pattern.compile("\0").splitAsStream(Files.readString(folder.resolve(file)));
  }
}
