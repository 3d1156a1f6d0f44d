// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.ErrorCode;
import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.emulator.EmulatedTunnel;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A configured tunnel follows a change of its own mappings as it follows the common ones. */
class OwnMappingsTest extends ConfiguredTunnelFixture {
  private EmulatedTunnel tunnel;
  private EchoServer old;
  private EchoServer fresh;

  @BeforeEach
  void prepare() throws Exception {
    tunnel = emulator.openTunnel("SSH", "HTTP");
    old = closing(new EchoServer('O'));
    fresh = closing(new EchoServer('N'));
  }

  @Test
  void aServiceMovesWhileAnotherOneNoticesNothing() throws Exception {
    ConfiguredTunnel configured = start(old);
    openSource(tunnel);
    LocalClient ssh = echoClient("SSH");
    LocalClient http = client("HTTP").greeted('O');

    configured.modified(mapped(fresh));

    http.awaitEnd();
    client("HTTP").greeted('N').echo(1000, 1);
    ssh.echo(1000, 2);
    assertOpenedOnce();
  }

  @Test
  void aServiceThatIsRemovedIsResetAndComesBack() throws Exception {
    ConfiguredTunnel configured = start(old);
    openSource(tunnel);
    LocalClient ssh = echoClient("SSH");
    LocalClient http = client("HTTP").greeted('O');

    configured.modified(mapped(null));
    http.awaitEnd();
    await(() -> http().failure() != null);
    assertThat(http().failure()).extracting(TunnelFailure::code).isEqualTo(ErrorCode.SERVICES);
    configured.modified(mapped(fresh));

    await(() -> http().failure() == null);
    client("HTTP").greeted('N').echo(1000, 1);
    ssh.echo(1000, 2);
    assertOpenedOnce();
  }

  @Test
  void establishedConnectionsAreKeptIfSoConfigured() throws Exception {
    mappings.put("keep.established", true);
    ConfiguredTunnel configured = start(old);
    openSource(tunnel);
    LocalClient http = client("HTTP").greeted('O');

    configured.modified(mapped(fresh));

    await(() -> fresh.endpoint().equals(http().address()));
    http.echo(1000, 1);
    client("HTTP").greeted('N').echo(1000, 2);
    assertOpenedOnce();
  }

  @Test
  void aTunnelThatFailedOfItsMappingsIsOpenedAnew() throws Exception {
    ConfiguredTunnel configured = start(null);

    configured.modified(mapped(old));

    await(() -> status(TunnelMode.DESTINATION).state() == TunnelState.CONNECTED);
    assertThat(emulator.refusals()).isEmpty();
  }

  @Test
  void aMappingForAServiceThatTheTunnelDoesNotHaveIsAWarning() throws Exception {
    ConfiguredTunnel configured = start(old);
    Map<String, Object> more = mapped(old);
    more.put("services", new String[] {"SSH=1", "HTTP=2", "RDP=3"});

    configured.modified(more);

    await(() -> !logs.warnings().isEmpty());
    assertThat(logs.warnings()).singleElement().asString().contains("[RDP]", "[SSH, HTTP]");
    assertOpenedOnce();
  }

  @Test
  void wrongMappingsLeaveTheTunnelAsItIs() throws Exception {
    ConfiguredTunnel configured = start(old);
    openSource(tunnel);
    LocalClient http = client("HTTP").greeted('O');
    Map<String, Object> wrong = mapped(old);
    wrong.put("services", "SSH=host:0");

    configured.modified(wrong);

    http.echo(1000, 1);
    assertThat(reports.current())
        .extracting(ConfigurationStatus::state)
        .containsExactly(ConfigurationState.REFUSED);
  }

  private ConfiguredTunnel start(@Nullable EchoServer http) throws Exception {
    ConfiguredTunnel configured = configure(mapped(http));
    // What a source sends to an end that is not there is lost.
    TunnelState expected = http == null ? TunnelState.FAILED : TunnelState.CONNECTED;
    await(() -> status(TunnelMode.DESTINATION).state() == expected);
    return configured;
  }

  private Map<String, Object> mapped(@Nullable EchoServer http) {
    Map<String, Object> mapped = properties(tunnel, "destination");
    String ssh = "SSH=" + application.endpoint();
    mapped.put(
        "services",
        http == null ? new String[] {ssh} : new String[] {ssh, "HTTP=" + http.endpoint()});
    return mapped;
  }

  private ServiceStatus http() {
    return service(TunnelMode.DESTINATION, "HTTP");
  }

  private void assertOpenedOnce() {
    assertThat(status(TunnelMode.DESTINATION).connects()).isEqualTo(1);
    assertThat(status(TunnelMode.DESTINATION).state()).isEqualTo(TunnelState.CONNECTED);
    assertThat(reports.current())
        .extracting(ConfigurationStatus::state)
        .containsExactly(ConfigurationState.ACCEPTED);
  }
}
