// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks into the Debian package for Kura 6, installs it into a folder and removes it again. */
class DebianPackageIT {
  private static final String FILE = System.getProperty("package.deb");
  private static final String VERSION = System.getProperty("project.version");
  private static final String PLUGINS = "opt/eclipse/kura/plugins/6s";
  private static final String TEXTS = "usr/share/doc/culvert-kura";
  private static final List<String> BUNDLES =
      List.of("io.culvert.api", "io.culvert.core", "io.culvert.kura");

  private static final int KURAD = 4242;

  @TempDir private Path folder;

  @BeforeAll
  static void skipIfMissing() {
    Dpkg.skipIfMissing();
  }

  @Test
  void fieldsAreThoseOfAnAddOnForKura6() throws Exception {
    assertThat(field("Package")).isEqualTo("culvert-kura");
    assertThat(field("Version")).matches("\\Q" + VERSION.replace("-SNAPSHOT", "") + "\\E(~.*)?");
    assertThat(field("Architecture")).isEqualTo("all");
    assertThat(field("Depends")).isEqualTo("kura-core (>= 6.0.0~), kura-core (<< 7.0.0~)");
    assertThat(field("Section")).isEqualTo("net");
    assertThat(field("Maintainer")).isEqualTo("Culvert authors");
    assertThat(field("Description")).startsWith("AWS IoT Secure Tunneling for Eclipse Kura");
  }

  @Test
  void bundlesAndTheirFolderBelongToKuraAndAllElseToRoot() throws Exception {
    Map<String, String> owners = new TreeMap<>();
    for (String line : Dpkg.look("-c", FILE).output().lines().toList()) {
      String[] columns = line.split(" +");
      owners.put(columns[5], columns[0] + " " + columns[1]);
      assertThat(columns[3] + "T" + columns[4])
          .as(line)
          .isEqualTo(SameBytes.TIME.truncatedTo(ChronoUnit.MINUTES).toString());
    }
    Map<String, String> expected = new TreeMap<>();
    for (String ours : List.of("opt", "opt/eclipse", "usr", "usr/share", "usr/share/doc", TEXTS)) {
      expected.put("./" + ours + "/", "drwxr-xr-x root/root");
    }
    for (String kuras : List.of("opt/eclipse/kura", "opt/eclipse/kura/plugins", PLUGINS)) {
      expected.put("./" + kuras + "/", "drwxr-xr-x kurad/kurad");
    }
    BUNDLES.forEach(name -> expected.put(jar(name), "-rw-r--r-- kurad/kurad"));
    expected.put("./" + TEXTS + "/copyright", "-rw-r--r-- root/root");
    expected.put("./" + TEXTS + "/NOTICE", "-rw-r--r-- root/root");
    assertThat(owners).isEqualTo(expected);
  }

  /** The names in the package count; where the test may add no user, all is the installer's. */
  @Test
  void whereKuradIsAUserItGetsTheBundlesAndKurasOwnFolderStaysAsItIs() throws Exception {
    Dpkg dpkg = Dpkg.withKura("6.0.0-1", folder);
    Path kura = Files.createDirectories(folder.resolve("opt/eclipse/kura"));
    Files.setPosixFilePermissions(kura, PosixFilePermissions.fromString("rwxr-x---"));
    String installer = owner(folder);
    String kurad = dpkg.addUser("kurad", KURAD) ? KURAD + ":" + KURAD : installer;

    Dpkg.Result installed = dpkg.run("-i", FILE);

    assertThat(installed.status()).as(installed.output()).isZero();
    assertThat(owner(kura) + " " + mode(kura)).isEqualTo(installer + " rwxr-x---");
    Path plugins = folder.resolve(PLUGINS);
    assertThat(owner(plugins) + " " + mode(plugins)).isEqualTo(kurad + " rwxr-xr-x");
    for (String name : BUNDLES) {
      Path jar = folder.resolve(jar(name));
      assertThat(owner(jar) + " " + mode(jar)).isEqualTo(kurad + " rw-r--r--");
    }
    Path copyright = folder.resolve(TEXTS + "/copyright");
    assertThat(owner(copyright) + " " + mode(copyright)).isEqualTo(installer + " rw-r--r--");
  }

  @Test
  void noScriptOfItRuns() throws Exception {
    assertThat(Dpkg.look("-e", FILE, folder.toString()).status()).isZero();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("control", "md5sums");
  }

  @Test
  void bundlesAreThoseOfTheDeploymentPackage() throws Exception {
    assertThat(Dpkg.look("-x", FILE, folder.toString()).status()).isZero();
    DeploymentPackage dp = DeploymentPackage.of(Path.of(System.getProperty("package.dp")));
    for (String name : BUNDLES) {
      assertThat(folder.resolve(jar(name)))
          .hasBinaryContent(dp.entries().get("bundles/" + name + ".jar"));
    }
  }

  @Test
  void aSnapshotIsOlderThanItsRelease() throws Exception {
    String release = VERSION.replace("-SNAPSHOT", "");
    String relation = VERSION.equals(release) ? "eq" : "lt";
    assertThat(Dpkg.compares(field("Version"), relation, release)).isTrue();
  }

  /** All builds of a snapshot have one version. */
  @Test
  void anotherBuildOfTheSameVersionReplacesIt() throws Exception {
    Path tree = folder.resolve("tree");
    assertThat(Dpkg.look("-R", FILE, tree.toString()).status()).isZero();
    Files.writeString(tree.resolve(TEXTS + "/NOTICE"), "another build");
    String another = folder.resolve("another.deb").toString();
    assertThat(Dpkg.look("-b", "--root-owner-group", tree.toString(), another).status()).isZero();
    Path root = Files.createDirectory(folder.resolve("root"));
    Dpkg dpkg = Dpkg.withKura("6.0.0-1", root);
    assertThat(dpkg.run("-i", FILE).status()).isZero();
    List<String> files = dpkg.files();

    Dpkg.Result replaced = dpkg.run("-i", another);

    assertThat(replaced.status()).as(replaced.output()).isZero();
    assertThat(root.resolve(TEXTS + "/NOTICE")).hasContent("another build");
    assertThat(dpkg.files()).isEqualTo(files);
  }

  @Test
  void nothingIsLeftWhenItIsRemoved() throws Exception {
    Dpkg dpkg = Dpkg.withKura("6.0.0-1", folder);
    Dpkg.Result installed = dpkg.run("-i", FILE);
    assertThat(installed.status()).as(installed.output()).isZero();
    assertThat(dpkg.files()).contains(PLUGINS + "/io.culvert.core.jar", TEXTS + "/copyright");

    Dpkg.Result removed = dpkg.run("--remove", "culvert-kura");
    assertThat(removed.status()).as(removed.output()).isZero();
    assertThat(dpkg.files()).isEmpty();
    assertThat(Files.readString(folder.resolve("var/lib/dpkg/status")))
        .doesNotContain("culvert-kura");
  }

  @Test
  void anotherKuraIsNotEnough() throws Exception {
    for (String version : List.of("5.6.0", "7.0.0~rc1")) {
      Dpkg.Result refused =
          Dpkg.withKura(version, Files.createDirectory(folder.resolve(version)))
              .run("--install", FILE);
      assertThat(refused.status()).isNotZero();
      assertThat(refused.output()).contains("culvert-kura depends on kura-core");
    }
  }

  private static String owner(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid") + ":" + Files.getAttribute(file, "unix:gid");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static String jar(String name) {
    return "./" + PLUGINS + "/" + name + ".jar";
  }

  private static String field(String name) throws IOException, InterruptedException {
    return Dpkg.look("-f", FILE, name).output().strip();
  }
}
