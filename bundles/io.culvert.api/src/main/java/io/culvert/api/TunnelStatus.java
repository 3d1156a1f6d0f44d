// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel at one moment. Never holds a token.
 *
 * @param name the name that the opener gave, unique in this process.
 * @param mode which end this process is.
 * @param state the state.
 * @param endpoint the service as {@code host:port}, where it is connected or tries to connect;
 *     empty if the tunnel could not be opened.
 * @param channelId the {@code channel-id} of the current or last WebSocket.
 * @param subprotocol the WebSocket subprotocol that the service chose.
 * @param services the services, in the order in which the tunnel service named them; empty before.
 * @param connects WebSockets that came up since the tunnel was opened.
 * @param roundTrip the last measured ping round trip, absent before the first one.
 * @param sending how the tunnel sends.
 * @param receiving what it has received and not delivered yet.
 * @param droppedMessages messages for streams and connections that do not exist any more.
 * @param violations messages of the service that broke the protocol.
 * @param failure why the tunnel ended, or why the last attempt failed.
 */
public record TunnelStatus(
    String name,
    TunnelMode mode,
    TunnelState state,
    String endpoint,
    @Nullable String channelId,
    @Nullable String subprotocol,
    List<ServiceStatus> services,
    int connects,
    @Nullable Duration roundTrip,
    SendStatus sending,
    ReceiveStatus receiving,
    long droppedMessages,
    long violations,
    @Nullable TunnelFailure failure) {

  /** Copies the list. */
  public TunnelStatus {
    services = List.copyOf(services);
  }
}
