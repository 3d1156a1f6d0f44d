// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.culvert.emulator.registry.TunnelEnd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two programs carry from a client to an application and back. */
class TransferIT {
  private static final long BYTES = 4 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"V1", "V2", "V3"})
  void everyByteArrivesInEveryVersion(String version) throws Exception {
    try (Rig rig = new Rig(folder, "DATA");
        Application application = Application.onLoopback()) {
      LocalProxy destination = rig.destination("-d", "DATA=" + application.port());
      LocalProxy source = rig.source("-s", "DATA=0", "-y", version);
      destination.awaitEstablished();

      Client.transfer(source.address("DATA"), BYTES, BYTES).close();

      assertThat(rig.tunnel().traffic(TunnelEnd.SOURCE).payloadBytes()).isGreaterThan(BYTES);
      assertThat(rig.emulator().violations()).isEmpty();
    }
  }

  @Test
  void threeServicesGoToTheirOwnApplications() throws Exception {
    try (Rig rig = new Rig(folder, "A", "B", "C");
        Application a = Application.onLoopback();
        Application b = Application.onLoopback();
        Application c = Application.onLoopback()) {
      LocalProxy destination =
          rig.destination(
              "-d", "A=" + a.port() + ",B=127.0.0.1:" + b.port() + ",C=localhost:" + c.port());
      LocalProxy source = rig.source("-s", "A=0,B=0,C=0");
      destination.awaitEstablished();

      try (Client atA = Client.transfer(source.address("A"), 100_000, 1);
          Client atB = Client.transfer(source.address("B"), 1, 100_000);
          Client atC = Client.transfer(source.address("C"), 100_000, 100_000)) {
        atA.echo("a");
        atB.echo("b");
        atC.echo("c");
        b.close();
        atA.echo("a");
        atC.echo("c");
      }
      assertThat(rig.emulator().violations()).isEmpty();
    }
  }

  @Test
  void theApplicationMayListenOnAnUnixDomainSocket() throws Exception {
    Path socket = folder.resolve("app.sock");
    try (Application application = Application.at(UnixDomainSocketAddress.of(socket))) {
      transfersTo("DATA=" + socket);
    }
  }

  @Test
  void theApplicationMayListenOnIpv6() throws Exception {
    try (Application application = onIpv6()) {
      transfersTo("DATA=[::1]:" + application.port());
    }
  }

  private static Application onIpv6() {
    Application application = null;
    try {
      application = Application.at(new InetSocketAddress("::1", 0));
    } catch (IOException e) {
      assumeTrue(false, "there is no IPv6 loopback: " + e.getMessage());
    }
    return application;
  }

  private void transfersTo(String mapping) throws Exception {
    try (Rig rig = new Rig(folder, "DATA")) {
      LocalProxy destination = rig.destination("-d", mapping);
      LocalProxy source = rig.source("-s", "DATA=0");
      destination.awaitEstablished();

      Client.transfer(source.address("DATA"), 100_000, 100_000).close();
    }
  }

  @Test
  void aPortInUseIsSaidAndOtherServicesWork() throws Exception {
    try (Rig rig = new Rig(folder, "A", "B");
        Application application = Application.onLoopback()) {
      String taken = "127.0.0.1:" + application.port();
      LocalProxy destination =
          rig.destination("-d", "A=" + application.port() + ",B=" + application.port());
      LocalProxy source = rig.source("-s", "A=" + taken + ",B=0");
      destination.awaitEstablished();

      source.await("WARN  .*CLV-LISTEN service A: cannot listen on " + taken + ": .*in use");
      Client.transfer(source.address("B"), 1000, 1000).close();
    }
  }
}
