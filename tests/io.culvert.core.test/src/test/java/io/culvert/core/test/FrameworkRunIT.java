// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.eclipse.osgi.launch.EquinoxFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the tests of this module inside the framework, once per .bndrun file. The tester calls it a
 * success when it finds no test at all, so its reports are read.
 */
class FrameworkRunIT {
  private static final int JAVA = Runtime.version().feature();
  private static final Pattern TEST_CASE = Pattern.compile("<testcase [^>]*classname=\"([^\"]+)\"");

  /** Equinox 3.16 sets a security manager, which Java 24 and later refuse; Kura runs it on 17. */
  static Stream<FrameworkRun> runs() {
    return Stream.of(
            new FrameworkRun("core", FrameworkFactory.class),
            new FrameworkRun("core-oldest-scr", FrameworkFactory.class),
            new FrameworkRun("core-equinox", EquinoxFactory.class))
        .filter(run -> run.framework() == FrameworkFactory.class || JAVA < 24);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void everyTestRunsAndPasses(FrameworkRun run) throws Exception {
    assertThat(run.run()).as("tests that did not pass").isZero();
    assertThat(reportedClasses(run.reports())).containsExactlyInAnyOrderElementsOf(testClasses());
  }

  private static Set<String> testClasses() throws IOException {
    Path root = Path.of("target", "classes");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith("Test.class"))
          .map(name -> name.replace(".class", "").replace('/', '.').replace('\\', '.'))
          .collect(Collectors.toSet());
    }
  }

  private static Set<String> reportedClasses(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> reports = Files.newDirectoryStream(folder, "TEST-*.xml")) {
      for (Path report : reports) {
        Matcher testCase = TEST_CASE.matcher(Files.readString(report));
        while (testCase.find()) {
          names.add(testCase.group(1));
        }
      }
    }
    return names;
  }
}
