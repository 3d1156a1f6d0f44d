// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.Secret;
import io.culvert.core.connect.LogCapture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientTokenStoreTest {
  private static final Secret ACCESS = Secret.of("AccessTokenThatNobodyMaySee0123456789");
  private static final Secret OTHER = Secret.of("OtherAccessTokenThatNobodyMaySee01234");
  private static final Secret GIVEN = Secret.of("ClientTokenThatNobodyMaySee0123456789");

  @TempDir Path parent;

  private Path folder() {
    return parent.resolve("state").resolve("culvert");
  }

  private ClientTokenStore store() {
    return new ClientTokenStore(this::folder, Clock.systemUTC());
  }

  @Test
  void aNewTokenIsWhatTheServiceAccepts() {
    assertThat(store().clientToken(ACCESS, null).reveal()).matches("[a-zA-Z0-9-]{32,128}");
  }

  @Test
  void theTokenOfAnAccessTokenIsFoundAgain() {
    Secret first = store().clientToken(ACCESS, null);

    assertThat(store().clientToken(ACCESS, null)).isEqualTo(first);
    assertThat(store().clientToken(OTHER, null)).isNotEqualTo(first);
  }

  @Test
  void aGivenTokenGoesBeforeAKeptOneAndIsKept() {
    store().clientToken(ACCESS, null);

    assertThat(store().clientToken(ACCESS, GIVEN)).isEqualTo(GIVEN);
    assertThat(store().clientToken(ACCESS, null)).isEqualTo(GIVEN);
  }

  @Test
  void theFileIsPrivateAndHoldsTheClientTokenOnly() throws Exception {
    Secret token = store().clientToken(ACCESS, null);

    List<Path> files = files();
    assertThat(files).hasSize(1);
    Path file = files.get(0);
    String digest =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(ACCESS.reveal().getBytes(StandardCharsets.UTF_8)));
    assertThat(file.getFileName().toString()).startsWith(digest);
    assertThat(Files.readString(file)).isEqualTo(token.reveal());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
  }

  @Test
  void whatIsOlderThanATunnelCanLiveIsRemoved() throws Exception {
    Secret first = store().clientToken(ACCESS, null);
    Files.writeString(folder().resolve("something-else"), "kept");
    Path file =
        files().stream().filter(it -> it.toString().endsWith(".client-token")).findFirst().get();
    Clock written = Clock.fixed(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC);

    ClientTokenStore justBefore =
        new ClientTokenStore(this::folder, Clock.offset(written, Duration.ofHours(12)));
    assertThat(justBefore.clientToken(ACCESS, null)).isEqualTo(first);

    ClientTokenStore later =
        new ClientTokenStore(
            this::folder, Clock.offset(written, Duration.ofHours(12).plusMillis(1)));
    later.clientToken(OTHER, null);
    assertThat(file).doesNotExist();
    assertThat(folder().resolve("something-else")).exists();
    assertThat(later.clientToken(ACCESS, null)).isNotEqualTo(first);
  }

  @Test
  void aDamagedFileIsReplaced() throws Exception {
    store().clientToken(ACCESS, null);
    Files.writeString(files().get(0), "too short");

    Secret fresh = store().clientToken(ACCESS, null);

    assertThat(fresh.reveal()).matches("[a-zA-Z0-9-]{32,128}");
    assertThat(store().clientToken(ACCESS, null)).isEqualTo(fresh);
    assertThat(files()).hasSize(1);
  }

  @Test
  void withoutAFolderNothingIsKept() {
    ClientTokenStore store = new ClientTokenStore(() -> null, Clock.systemUTC());

    assertThat(store.clientToken(ACCESS, null)).isNotEqualTo(store.clientToken(ACCESS, null));
    assertThat(store.clientToken(ACCESS, GIVEN)).isEqualTo(GIVEN);
  }

  @Test
  void thatNothingIsKeptIsSaidOnceAndHowToMendIt() {
    AtomicReference<@Nullable Path> place = new AtomicReference<>();
    ClientTokenStore store = new ClientTokenStore(place::get, Clock.systemUTC());
    try (LogCapture logs = new LogCapture()) {
      store.clientToken(ACCESS, GIVEN);
      assertThat(logs.warnings()).isEmpty();

      store.clientToken(ACCESS, null);
      store.clientToken(OTHER, null);
      assertThat(logs.warnings())
          .singleElement()
          .asString()
          .contains(
              "after a restart the service will refuse access tokens that were used before",
              "state.dir of io.culvert.TunnelManager",
              "framework property io.culvert.state.dir");

      place.set(folder());
      assertThat(store.clientToken(ACCESS, null)).isEqualTo(store.clientToken(ACCESS, null));
      assertThat(logs.warnings()).hasSize(1);
    }
  }

  @Test
  void withAFolderThereIsNothingToSay() {
    try (LogCapture logs = new LogCapture()) {
      store().clientToken(ACCESS, null);
      assertThat(logs.warnings()).isEmpty();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidAndNoObstacle() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "not a folder");
    ClientTokenStore store = new ClientTokenStore(() -> file.resolve("state"), Clock.systemUTC());
    try (LogCapture logs = new LogCapture()) {
      assertThat(store.clientToken(ACCESS, null).reveal()).matches("[a-zA-Z0-9-]{32,128}");
      assertThat(store.clientToken(ACCESS, GIVEN)).isEqualTo(GIVEN);

      assertThat(logs.warnings())
          .hasSize(2)
          .allMatch(line -> line.contains("cannot be kept in " + file));
      assertThat(String.join("\n", logs.lines()))
          .doesNotContain(ACCESS.reveal())
          .doesNotContain(GIVEN.reveal());
    }
  }

  /** Processes share nothing but the folder, and so do these stores. */
  @Test
  void whoeverRacesGetsTheSameToken() throws Exception {
    int racers = 8;
    ExecutorService executor = Executors.newFixedThreadPool(racers);
    try {
      for (int round = 0; round < 100; round++) {
        Secret access = Secret.of("access-" + round);
        CyclicBarrier start = new CyclicBarrier(racers);
        List<Future<Secret>> tokens = new ArrayList<>();
        for (int i = 0; i < racers; i++) {
          tokens.add(
              executor.submit(
                  () -> {
                    start.await();
                    return store().clientToken(access, null);
                  }));
        }
        Set<String> different = new HashSet<>();
        for (Future<Secret> token : tokens) {
          different.add(token.get(30, TimeUnit.SECONDS).reveal());
        }
        assertThat(different).hasSize(1);
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(files()).hasSize(100);
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(folder())) {
      return files.toList();
    }
  }
}
