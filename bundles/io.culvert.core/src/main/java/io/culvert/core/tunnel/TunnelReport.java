// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.config.HostPort;
import io.culvert.core.connect.TunnelLink;
import io.culvert.core.stream.TunnelStreams;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a tunnel, and who is told of it. Event loop only, but for {@link #published()}.
 */
final class TunnelReport {
  private static final Logger LOG = LoggerFactory.getLogger(TunnelReport.class);

  private final TunnelSpec spec;
  private final Supplier<HostPort> endpoint;
  private final TunnelStreams streams;
  private final TunnelListener listener;
  private @Nullable String channelId;
  private @Nullable String subprotocol;
  private @Nullable Duration roundTrip;
  private @Nullable TunnelFailure failure;
  private TunnelState state = TunnelState.WAITING;
  private int connects;
  private long violations;
  private volatile TunnelStatus published;

  TunnelReport(
      TunnelSpec spec,
      Supplier<HostPort> endpoint,
      TunnelStreams streams,
      TunnelListener listener) {
    this.spec = spec;
    this.endpoint = endpoint;
    this.streams = streams;
    this.listener = listener;
    this.published = snapshot(List.of());
  }

  TunnelState state() {
    return state;
  }

  /** Returns the WebSockets that came up so far. */
  int connects() {
    return connects;
  }

  void connected(TunnelLink link) {
    connects++;
    channelId = link.channelId().isEmpty() ? null : link.channelId();
    subprotocol = link.subprotocol();
  }

  void measured(Duration took) {
    roundTrip = took;
  }

  void violated() {
    violations++;
  }

  /**
   * Enters a state and tells the listener.
   *
   * @param why why it is not connected; null if it is, or was closed here.
   */
  void enter(TunnelState next, @Nullable TunnelFailure why) {
    state = next;
    failure = why;
    publish(streams.status());
  }

  /**
   * Enters the last state and tells the listener.
   *
   * @param why why it ended; null if it was closed here.
   * @param services the services as they were before the end.
   */
  void end(TunnelState last, @Nullable TunnelFailure why, List<ServiceStatus> services) {
    state = last;
    failure = why;
    publish(services);
  }

  /** Tells the listener of a change within the state; nothing is told after the last state. */
  void changed() {
    if (!state.isFinal()) {
      publish(streams.status());
    }
  }

  private void publish(List<ServiceStatus> services) {
    published = snapshot(services);
    try {
      listener.changed(published);
    } catch (RuntimeException e) {
      LOG.error("{}: a listener failed", spec.name(), e);
    }
  }

  /** Returns what was told last, on any thread. */
  TunnelStatus published() {
    return published;
  }

  /** Returns what is so now: after the last state, what was so then. */
  TunnelStatus current() {
    return state.isFinal() ? published : snapshot(streams.status());
  }

  private TunnelStatus snapshot(List<ServiceStatus> services) {
    return new TunnelStatus(
        spec.name(),
        spec.mode(),
        state,
        endpoint.get().toString(),
        channelId,
        subprotocol,
        services,
        connects,
        roundTrip,
        streams.sending(),
        streams.receiving(),
        streams.dropped(),
        violations,
        failure);
  }
}
