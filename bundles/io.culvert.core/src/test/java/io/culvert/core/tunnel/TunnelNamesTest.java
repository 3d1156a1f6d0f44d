// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.culvert.api.ErrorCode;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.emulator.EmulatedTunnel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Configured tunnels come to their names in whatever order these are given up and wanted. */
class TunnelNamesTest extends ConfiguredTunnelFixture {
  @Test
  void aTunnelWhoseNameWasTakenComesWhenTheOtherOneIsClosed() throws Exception {
    Tunnel other = openSource(emulator.openTunnel("SSH"));
    configure(tunnel("one", "source"));
    assertThat(shown()).contains(tuple("one", TunnelState.FAILED));

    other.close();

    awaitConnected("source");
  }

  @Test
  void aTunnelWhoseNameWasTakenComesWhenTheOtherOneIsRenamed() throws Exception {
    Map<String, Object> properties = tunnel("one", "a");
    ConfiguredTunnel one = configure(properties);
    configure(tunnel("two", "a"));
    assertThat(shown()).contains(tuple("two", TunnelState.FAILED));

    one.modified(with(properties, "name", "b"));

    awaitConnected("a", "b");
  }

  /** Without their client tokens the service would refuse the used access tokens. */
  @Test
  void tunnelsThatTakeEachOthersNamesAreAllInForce() throws Exception {
    List<Map<String, Object>> all =
        List.of(tunnel("one", "a"), tunnel("two", "b"), tunnel("3", "c"));
    List<ConfiguredTunnel> tunnels = all.stream().map(this::configure).toList();
    awaitConnected("a", "b", "c");

    tunnels.get(0).modified(with(all.get(0), "name", "b"));
    assertThat(shown()).contains(tuple("a", TunnelState.CONNECTED));
    tunnels.get(1).modified(with(all.get(1), "name", "c"));
    tunnels.get(2).modified(with(all.get(2), "name", "a"));

    await(() -> reports.current().stream().allMatch(status -> status.errors().isEmpty()));
    awaitConnected("a", "b", "c");
    assertThat(emulator.refusals()).isEmpty();
  }

  /** Somebody else's wish is no reason to leave a name that the configuration says. */
  @Test
  void aTunnelKeepsTheNameThatItIsConfiguredBy() throws Exception {
    configure(tunnel("one", "a"));
    awaitConnected("a");
    String channel = String.valueOf(gateway().tunnels.tunnels().get(0).channelId());
    ConfiguredTunnel two = configure(tunnel("two", "a"));
    Map<String, Object> other = tunnel("3", "b");
    ConfiguredTunnel three = configure(other);
    three.modified(with(other, "name", "a"));

    two.deactivate();
    three.deactivate();

    await(() -> shown().equals(List.of(tuple("a", TunnelState.CONNECTED))));
    assertThat(gateway().tunnels.tunnels().get(0).channelId()).isEqualTo(channel);
  }

  /** What was in force stays: there is nothing else that it could be open as. */
  @Test
  void aTunnelWhoseNewConfigurationCannotBeUsedKeepsItsOldName() throws Exception {
    Map<String, Object> properties = new HashMap<>(tunnel("one", "a"));
    properties.put("endpoint", String.valueOf(manager.remove("endpoint")));
    ConfiguredTunnel one = configure(properties);
    awaitConnected("a");
    properties.remove("endpoint");
    one.modified(with(properties, "name", "b"));

    Map<String, Object> other = new HashMap<>(tunnel("two", "a"));
    other.put("endpoint", "127.0.0.1:9");
    Wishes wishes = new Wishes();
    gateway().tunnels.follow(wishes);
    configure(other);
    await(() -> wishes.names.contains("a"));

    assertThat(shown())
        .containsExactly(tuple("a", TunnelState.CONNECTED), tuple("two", TunnelState.FAILED));
  }

  /** Hears which names are wanted, after whoever follows already. */
  private static final class Wishes implements TunnelHost.Follower {
    private final List<String> names = new CopyOnWriteArrayList<>();

    @Override
    public void changed(Set<ErrorCode> mended) {
      // Only wishes matter here.
    }

    @Override
    public void wanted(String name) {
      names.add(name);
    }
  }

  private Map<String, Object> tunnel(String pid, String name) throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    return Map.of(
        "service.pid",
        pid,
        "name",
        name,
        "mode",
        TunnelMode.SOURCE.wireName(),
        "access.token",
        tunnel.accessToken(SOURCE).reveal());
  }

  private void awaitConnected(String... names) {
    await(
        () -> {
          List<TunnelStatus> all = gateway().tunnels.tunnels();
          return all.stream().allMatch(status -> status.state() == TunnelState.CONNECTED)
              && all.stream().map(TunnelStatus::name).sorted().toList().equals(List.of(names));
        });
  }

  private List<Tuple> shown() {
    return gateway().tunnels.tunnels().stream()
        .map(status -> tuple(status.name(), status.state()))
        .toList();
  }
}
