// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.main.Main;

/**
 * One run of the tests inside Felix, in a process of its own on the Java of this one. The tester is
 * started last, by its start level, when all other bundles have been started.
 *
 * <p>bnd has a launcher of its own for this, which Java 24 and later refuse.
 *
 * @param name the name of the .bndrun file.
 */
record FrameworkRun(String name) {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String TESTER = "biz.aQute.tester.junit-platform";
  private static final int LIMIT_MINUTES = 10;

  /** Returns the folder of the reports. */
  Path reports() {
    return TARGET.resolve("test-reports").resolve(name);
  }

  /**
   * Runs the tests and waits for the end.
   *
   * @return the number of tests that did not pass.
   */
  int run() throws IOException, InterruptedException, URISyntaxException {
    delete(reports());
    Files.createDirectories(reports());
    Path output = reports().resolve("output.txt");
    Path storage = Files.createTempDirectory("felix");
    Process process =
        new ProcessBuilder(command(storage))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException(name + " has not ended within " + LIMIT_MINUTES + " minutes");
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly().waitFor();
      System.out.print(Files.readString(output));
      delete(storage);
    }
  }

  private List<String> command(Path storage) throws IOException, URISyntaxException {
    Path bundles = TARGET.resolve("export").resolve(name);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        Stream.of(System.getProperty("test.jvm.args").split(" "))
            .filter(argument -> !argument.isEmpty())
            .toList());
    System.getProperties()
        .forEach(
            (key, value) -> {
              if (key.toString().startsWith("io.netty.")) {
                command.add("-D" + key + "=" + value);
              }
            });
    command.addAll(
        List.of(
            "-Dfelix.auto.deploy.action=",
            // The tester exits from a thread that its stopping would wait for.
            "-Dfelix.shutdown.hook=false",
            "-Dfelix.auto.start.1=" + urls(bundles, file -> !isTester(file)),
            "-Dfelix.auto.start.2=" + urls(bundles, FrameworkRun::isTester),
            "-Dorg.osgi.framework.startlevel.beginning=2",
            "-Dorg.osgi.framework.storage=" + storage,
            "-Dtester.dir=" + reports(),
            "-Dtester.separatethread=true",
            "-cp",
            Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString(),
            Main.class.getName()));
    return command;
  }

  private static boolean isTester(Path file) {
    return file.getFileName().toString().startsWith(TESTER);
  }

  private static String urls(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(wanted)
          .sorted()
          .map(file -> file.toUri().toString())
          .collect(Collectors.joining(" "));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
