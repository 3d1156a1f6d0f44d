// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * One run of the tests inside a framework, in a process of its own on the Java of this one.
 *
 * <p>bnd has a launcher of its own for this, which Java 24 and later refuse.
 *
 * @param name the name of the .bndrun file.
 * @param framework makes the framework that the file names.
 */
record FrameworkRun(String name, Class<? extends FrameworkFactory> framework) {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
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
    Path storage = Files.createTempDirectory("framework");
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

  private List<String> command(Path storage) throws URISyntaxException {
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
            "-Dtester.dir=" + reports(),
            // Or it would end the process from a thread that its own stopping waits for.
            "-Dtester.separatethread=true",
            "-cp",
            place(framework) + File.pathSeparator + place(FrameworkMain.class),
            FrameworkMain.class.getName(),
            framework.getName(),
            storage.toString(),
            TARGET.resolve("export").resolve(name).toString()));
    return command;
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
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
