// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.culvert.api.Configurations;
import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.conf.ConfException;
import io.culvert.launcher.conf.ConfName;
import io.culvert.launcher.conf.ConfReader;
import io.culvert.launcher.conf.ConfText;
import io.culvert.launcher.conf.Finding;
import io.culvert.launcher.process.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs imports in a folder, which does not show in what they print. */
public final class ImportRun {
  private final Path folder;
  private final Path conf;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Makes the folder {@code conf} in a folder. */
  public ImportRun(Path folder) throws IOException {
    this.folder = folder;
    this.conf = Files.createDirectories(folder.resolve("conf"));
  }

  /** Runs the command and returns the exit status. */
  public int run(String... arguments) {
    out.reset();
    err.reset();
    Console console =
        new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    Surroundings surroundings = new Surroundings(Map.of(), folder);
    return new CommandLine(
            new ImportCommand(surroundings, console, () -> conf, ImportRun::findings))
        .execute(arguments);
  }

  /** Asks the components themselves, without a framework. */
  private static List<Finding> findings(List<Path> files) throws IOException {
    Configurations components = ServiceLoader.load(Configurations.class).findFirst().orElseThrow();
    List<Finding> findings = new ArrayList<>();
    for (Path file : files) {
      ConfText text = text(file);
      String pid = ConfName.parse(file.getFileName().toString()).orElseThrow().fullPid();
      components
          .check(pid, text.values())
          .errors()
          .forEach(
              problem -> {
                int line = text.lines().getOrDefault(problem.key(), 0);
                findings.add(new Finding(file, line, 0, true, problem.toString()));
              });
    }
    return findings;
  }

  private static ConfText text(Path file) throws IOException {
    try {
      return ConfReader.read(Files.readString(file));
    } catch (ConfException e) {
      throw new IOException(e);
    }
  }

  /** Returns what the last run has printed. */
  public String out() {
    return out.toString(UTF_8).replace(folder + "/", "");
  }

  /** Returns what the last run has said to be wrong. */
  public String err() {
    return err.toString(UTF_8).replace(folder + "/", "");
  }

  /** Returns the text of all files of {@code conf} by name. */
  public SortedMap<String, String> texts() throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(conf)) {
      for (Path file : files.toList()) {
        texts.put(
            file.getFileName().toString(), Files.readString(file).replace(folder + "/", "/cwd/"));
      }
    }
    return texts;
  }

  /** Returns what the gateway reads from a file, or nothing if it is not there. */
  public Map<String, Object> read(String pid) throws IOException, ConfException {
    Path file = conf.resolve(pid + ".cfg.json");
    return Files.exists(file) ? ConfReader.read(Files.readString(file)).values() : Map.of();
  }
}
