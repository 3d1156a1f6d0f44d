// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.launcher.log.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which configurations are handed over again when secrets change. */
class SecretWatchTest {
  @TempDir private Path folder;
  private final FakeConfigurations admin = new FakeConfigurations();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<String> told = new ArrayList<>();
  private SecretWatch watch;

  @BeforeEach
  void start() throws Exception {
    Log.start(4, new PrintStream(log, true, UTF_8));
    admin.set("whole", Map.of("key", "$[secret:one]"));
    admin.set("with.default", Map.of("key", "a $[secret:one;default=none] b$[env:X]"));
    admin.set("list", Map.of("key", new String[] {"x", "$[secret:two]"}, "number", 1L));
    admin.set("others", Map.of("a", "$[env:one]", "b", "$[secret:one.more]", "c", "secret:one"));
    Files.writeString(folder.resolve("one"), "1");
    Files.writeString(folder.resolve("two"), "2");
    watch = new SecretWatch(folder, admin.service(), told::add);
    watch.start();
  }

  @Test
  void whatUsesAChangedSecretIsHandedOverAgain() throws Exception {
    Files.writeString(folder.resolve("new"), "3");
    Files.move(folder.resolve("new"), folder.resolve("one"), StandardCopyOption.REPLACE_EXISTING);
    settle();
    settle();

    assertThat(admin.calls()).containsExactly("update whole", "update with.default");
    assertThat(log.toString(UTF_8))
        .contains("one: changed; whole is handed over again")
        .contains("one: changed; with.default is handed over again");
  }

  @Test
  void aSecretThatGoesOrComesCountsToo() throws Exception {
    Files.delete(folder.resolve("two"));
    settle();
    assertThat(admin.calls()).containsExactly("update list");
    Files.writeString(folder.resolve("two"), "2");
    settle();
    assertThat(admin.calls()).containsExactly("update list", "update list");
    assertThat(told).containsExactly("two", "two");
  }

  @Test
  void whatCannotBeHandedOverIsSaidOnceAndTriedAgain() throws Exception {
    admin.fail(true);
    Files.writeString(folder.resolve("two"), "3");
    settle();
    settle();
    assertThat(lines()).singleElement().asString().contains("two: cannot be applied");

    admin.fail(false);
    settle();
    assertThat(admin.calls()).containsExactly("update list");
  }

  /** Changes count when two looks agree. */
  private void settle() {
    watch.refresh();
    watch.refresh();
  }

  private List<String> lines() {
    return log.toString(UTF_8).lines().filter(line -> !line.contains("every user")).toList();
  }
}
