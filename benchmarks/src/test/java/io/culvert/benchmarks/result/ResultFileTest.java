// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
  @TempDir private Path folder;

  @Test
  void whatWasAddedIsThereAgainAfterAStop() throws IOException {
    Result good = result(1, null);
    Result bad = result(2, "source exited with 134");
    ResultFile file = ResultFile.open(folder);
    file.add(good);
    file.add(bad);

    assertThat(file.all()).containsExactly(good, bad);
    assertThat(ResultFile.open(folder).all()).containsExactly(good, bad);
  }

  @Test
  void aLineHasWhatIsNeededToUnderstandIt() throws IOException {
    ResultFile.open(folder).add(result(1, null));

    assertThat(Files.readString(folder.resolve("results.jsonl")))
        .isEqualTo(
            """
            {"date":"2026-11-01T00:00:00Z",\
            "machine":{"cpu":"a CPU","cores":2,"kernel":"Linux 6","java":"17"},\
            "load":0.5,"service":"emulator","cell":"echo/idle","run":1,"program":"culvert","version":"1",\
            "figures":{"echoP50Ms":0.25}}
            """);
  }

  @Test
  void whatAProgramPrintedLastIsKeptAndMayBeMissing() throws IOException {
    ResultFile.open(folder).add(result(1, "source exited with 1"));
    Path file = folder.resolve("results.jsonl");
    String line = Files.readString(file);
    Files.writeString(file, line + line.replace(",\"lastLine\":\"no memory\"", ""));

    assertThat(ResultFile.open(folder).all())
        .extracting(Result::lastLine)
        .containsExactly("no memory", null);
  }

  @Test
  void allFilesOfTheFolderAreRead() throws IOException {
    ResultFile.open(folder).add(result(1, null));
    Files.move(folder.resolve("results.jsonl"), folder.resolve("earlier.jsonl"));
    ResultFile.open(folder).add(result(2, null));

    assertThat(ResultFile.open(folder).all()).extracting(Result::run).containsExactly(1, 2);
  }

  @Test
  void aBrokenLineIsNamed() throws IOException {
    Files.writeString(folder.resolve("results.jsonl"), "{\"date\":");

    assertThatThrownBy(() -> ResultFile.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(
            folder.resolve("results.jsonl") + ", line 1: is no result; mend or remove the line");
  }

  private static Result result(int run, @Nullable String died) {
    return new Result(
        "2026-11-01T00:00:00Z",
        new Machine("a CPU", 2, "Linux 6", "17"),
        0.5,
        "emulator",
        "echo/idle",
        run,
        "culvert",
        "1",
        Map.of(Figure.P50, 0.25),
        null,
        died,
        died == null ? null : "no memory");
  }
}
