// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Results as lines of JSON in a folder. Each is written at once and whole, so a suite that was
 * stopped finds what it has. Confined to one thread.
 */
public final class ResultFile {
  private static final String NAME = "results.jsonl";
  private static final String SUFFIX = ".jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final List<Result> results;

  private ResultFile(Path file, List<Result> results) {
    this.file = file;
    this.results = results;
  }

  /**
   * Opens the results of a folder, all files of it that end in {@code .jsonl}; new ones go into
   * {@code results.jsonl}.
   *
   * @param folder the folder, made if need be.
   * @throws IOException if a file cannot be read; the message names it and the line.
   */
  public static ResultFile open(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Result> results = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList()) {
        read(file, results);
      }
    }
    return new ResultFile(folder.resolve(NAME), results);
  }

  private static void read(Path file, List<Result> results) throws IOException {
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      try {
        results.add(JSON.readValue(line, Result.class));
      } catch (JsonProcessingException e) {
        throw new IOException(
            file + ", line " + number + ": is no result; mend or remove the line", e);
      }
    }
  }

  /** Returns all results in their order. */
  public List<Result> all() {
    return List.copyOf(results);
  }

  /** Adds a result. */
  public void add(Result result) throws IOException {
    Files.writeString(
        file,
        JSON.writeValueAsString(result) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    results.add(result);
  }
}
