// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.culvert.launcher.conf.ConfName;
import io.culvert.launcher.conf.ConfReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the packages, and whether it can be used as it is. */
class PackagesIT {
  private static final Path BUILT = Path.of("target/culvert");

  @TempDir private Path folder;

  @Test
  void bothArchivesHoldOneFolderWithProgramsThatRun() throws Exception {
    Map<String, String> zip = zip(only(".zip"));
    Map<String, String> tar = tar(only(".tar.gz"));

    assertThat(tar).isEqualTo(zip);
    String home = home();
    assertThat(tar.keySet()).allMatch(name -> name.startsWith(home + "/"));
    assertThat(tar)
        .containsEntry(home + "/bin/culvert", "rwxr-xr-x")
        .containsEntry(home + "/bin/localproxy", "rwxr-xr-x")
        .containsEntry(home + "/lib/java.sh", "rw-r--r--")
        .containsEntry(home + "/systemd/culvert.service", "rw-r--r--")
        .containsEntry(home + "/conf/README.md", "rw-r--r--")
        .containsEntry(home + "/LICENSE", "rw-r--r--")
        .containsEntry(home + "/licences/owasp-encoder.txt", "rw-r--r--")
        .containsEntry(home + "/licences/protobuf.txt", "rw-r--r--")
        .containsEntry(home + "/licences/slf4j.txt", "rw-r--r--");
    assertThat(tar.keySet())
        .anyMatch(name -> name.matches(".*/bundle/io\\.culvert\\.core-.*\\.jar"))
        .anyMatch(name -> name.matches(".*/bundle/gateway/.*\\.interpolation-.*\\.jar"))
        .anyMatch(name -> name.matches(".*/bundle/webconsole/io\\.culvert\\.webconsole-.*\\.jar"))
        .noneMatch(name -> name.contains("emulator"));
  }

  @Test
  void noConfigurationIsActiveAndTheExamplesCanBeRead() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("src/main/conf"))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        assertThat(ConfName.parse(name)).isEmpty();
        if (name.endsWith(".cfg.json.example")) {
          assertThat(ConfName.parse(name.replace(".example", ""))).isPresent();
          assertThat(ConfReader.read(Files.readString(file)).values()).isNotEmpty();
        }
      }
    }
  }

  @Test
  void systemdTakesTheUnit() throws Exception {
    Path analyze = Path.of("/usr/bin/systemd-analyze");
    assumeTrue(Files.isExecutable(analyze), "systemd-analyze is not installed");
    Path unit = folder.resolve("culvert.service");
    String text = Files.readString(BUILT.resolve("systemd/culvert.service"));
    Files.writeString(unit, text.replace("/opt/culvert", BUILT.toRealPath().toString()));
    Path output = folder.resolve("output");

    Process process =
        new ProcessBuilder(analyze.toString(), "verify", unit.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(Files.readAllLines(output)).noneMatch(line -> line.contains("culvert"));
  }

  private static String home() throws IOException {
    return only(".zip").getFileName().toString().replace(".zip", "");
  }

  private static Path only(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  /** Returns the permissions of the files in a zip. */
  private static Map<String, String> zip(Path zip) throws IOException {
    Map<String, String> found = new TreeMap<>();
    URI uri = URI.create("jar:" + zip.toUri());
    try (FileSystem files =
            FileSystems.newFileSystem(uri, Map.of("enablePosixFileAttributes", "true"));
        Stream<Path> tree = Files.walk(files.getPath("/"))) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        found.put(file.toString().substring(1), PosixFilePermissions.toString(permissions));
      }
    }
    return found;
  }

  /** Returns the permissions of the files in a tar, as the tool of the system unpacks it. */
  private Map<String, String> tar(Path tar) throws Exception {
    Process process =
        new ProcessBuilder("tar", "xpzf", tar.toAbsolutePath().toString())
            .directory(Files.createDirectory(folder.resolve("tar")).toFile())
            .inheritIO()
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder.resolve("tar"))) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        found.put(
            folder.resolve("tar").relativize(file).toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
    return found;
  }
}
