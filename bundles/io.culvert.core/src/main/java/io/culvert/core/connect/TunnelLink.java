// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.config.Printable;
import io.netty.channel.Channel;

/**
 * A WebSocket to the service. Whoever gets it owns the channel and closes it. Reading is off, so
 * that the owner can add its handlers; all that arrived before is delivered once it reads. The
 * channel may already have been closed by the other side: check {@link Channel#isActive()}.
 *
 * @param channel the channel; its last handlers are those of {@link
 *     io.culvert.core.websocket.WebSocketCodec}.
 * @param channelId the service's name for this connection, empty if it gave none.
 * @param subprotocol the subprotocol that the service chose.
 * @param printable cleans what the service says, also of what it was told in secret.
 */
public record TunnelLink(
    Channel channel, String channelId, String subprotocol, Printable printable) {}
