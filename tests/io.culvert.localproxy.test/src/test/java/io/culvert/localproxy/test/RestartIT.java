// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.TunnelEnd;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs and connections that die and come back, with tokens that are good for one use. */
class RestartIT {
  @TempDir private Path folder;

  @Test
  void aKilledDestinationComesBackWithTheSameToken() throws Exception {
    try (Rig rig = new Rig(folder, "DATA");
        Application application = Application.onLoopback()) {
      String mapping = "DATA=" + application.port();
      LocalProxy destination = rig.destination("-d", mapping).awaitEstablished();
      LocalProxy source = rig.source("-s", "DATA=0");
      try (Client idle = Client.echoing(source.address("DATA"));
          Client busy = new Client(source.address("DATA"))) {
        CompletableFuture<Void> idleEnd = idle.awaitEnd();
        busy.keepSending();
        CompletableFuture<Void> busyEnd = busy.awaitEnd();

        destination.close();
        rig.destination("-d", mapping).awaitEstablished();

        CompletableFuture.allOf(idleEnd, busyEnd).get(Program.LIMIT_SECONDS, TimeUnit.SECONDS);
      }
      Client.transfer(source.address("DATA"), 100_000, 100_000).close();
      assertThat(rig.tunnel().traffic(TunnelEnd.SOURCE).connects()).isEqualTo(1);
      assertThat(rig.emulator().violations()).isEmpty();
    }
  }

  @Test
  void aKilledSourceComesBackWithTheSameToken() throws Exception {
    try (Rig rig = new Rig(folder, "DATA");
        Application application = Application.onLoopback()) {
      rig.destination("-d", "DATA=" + application.port()).awaitEstablished();
      LocalProxy source = rig.source("-s", "DATA=0");
      Client.echoing(source.address("DATA")).close();

      source.close();
      assertThat(rig.home(TunnelEnd.SOURCE).tmp()).isNotEmptyDirectory();
      LocalProxy next = rig.source("-s", "DATA=0");

      Client.transfer(next.address("DATA"), 100_000, 100_000).close();
      next.terminate();
      assertThat(next.exit()).isZero();
      assertThat(rig.home(TunnelEnd.SOURCE).tmp()).isEmptyDirectory();
      assertThat(rig.emulator().violations()).isEmpty();
    }
  }

  @Test
  void afterACutBothEndsSayThatTheyAreBack() throws Exception {
    try (Rig rig = new Rig(folder, "DATA");
        Application application = Application.onLoopback()) {
      LocalProxy destination =
          rig.destination("-d", "DATA=" + application.port()).awaitEstablished();
      LocalProxy source = rig.source("-s", "DATA=0").awaitEstablished();

      rig.tunnel().faults(TunnelEnd.SOURCE).cut();
      rig.tunnel().faults(TunnelEnd.DESTINATION).reset();

      source.awaitEstablished(2);
      destination.awaitEstablished(2);
      Client.transfer(source.address("DATA"), 100_000, 100_000).close();
      assertThat(rig.emulator().violations()).isEmpty();
    }
  }
}
