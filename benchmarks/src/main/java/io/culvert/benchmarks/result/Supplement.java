// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a folder has beside the results of whole programs. Immutable.
 *
 * @param notes what people have to say of the results, in Markdown; empty for nothing.
 * @param steps what JMH has measured.
 */
public record Supplement(String notes, List<Step> steps) {
  /** Nothing. */
  public static final Supplement NONE = new Supplement("", List.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keeps a copy of the list. */
  public Supplement {
    steps = List.copyOf(steps);
  }

  /**
   * Reads {@code notes.md} and {@code jmh.json}, the latter as JMH writes it with {@code -rf json}.
   *
   * @param folder where they are, if they are.
   * @throws IOException if a file is there and cannot be read; the message names it.
   */
  public static Supplement of(Path folder) throws IOException {
    Path notes = folder.resolve("notes.md");
    Path steps = folder.resolve("jmh.json");
    return new Supplement(
        Files.exists(notes) ? Files.readString(notes).strip() : "",
        Files.exists(steps) ? read(steps) : List.of());
  }

  private static List<Step> read(Path file) throws IOException {
    List<Step> steps = new ArrayList<>();
    try {
      for (JsonNode one : JSON.readValue(file.toFile(), JsonNode[].class)) {
        steps.add(step(one));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(file + ": is not what JMH writes with -rf json and -prof gc", e);
    }
    return steps;
  }

  private static Step step(JsonNode one) {
    String name = one.required("benchmark").asText().replaceFirst("(?:.*\\.)?(.*)Benchmark", "$1");
    String params =
        one.path("params").properties().stream()
            .map(param -> param.getKey() + "=" + param.getValue().asText())
            .collect(Collectors.joining(", "));
    JsonNode score = one.required("primaryMetric");
    JsonNode allocated = one.required("secondaryMetrics").required("gc.alloc.rate.norm");
    return new Step(
        params.isEmpty() ? name : name + " (" + params + ")",
        score.required("score").asDouble(),
        error(score),
        score.required("scoreUnit").asText(),
        allocated.required("score").asDouble(),
        one.required("vmName").asText() + " " + one.required("jdkVersion").asText());
  }

  /** JMH writes a text for an error that is unknown, as that of a single measurement. */
  private static double error(JsonNode score) {
    JsonNode error = score.required("scoreError");
    return error.isNumber() ? error.asDouble() : Double.NaN;
  }

  /**
   * One step on the way of a byte, measured alone.
   *
   * @param name which, with its parameters.
   * @param score what JMH has found.
   * @param error half of the confidence interval of 99.9 %, NaN if unknown.
   * @param unit the unit of both, such as {@code ns/op}.
   * @param allocated bytes of the heap that it allocates each time.
   * @param jvm name and version of what it ran on.
   */
  public record Step(
      String name, double score, double error, String unit, double allocated, String jvm) {}
}
