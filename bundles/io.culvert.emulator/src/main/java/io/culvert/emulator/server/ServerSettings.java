// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.server;

import io.culvert.emulator.relay.RelayOptions;
import io.netty.channel.ServerChannel;
import java.net.InetSocketAddress;

/**
 * How to listen.
 *
 * @param address where, with port 0 for one that the system chooses.
 * @param channelType the kind of listening channel that fits the event loop.
 * @param socketBuffer bytes of each kernel buffer of a connection, 0 for what the system chooses.
 * @param relayOptions how the relays treat absent ends.
 */
public record ServerSettings(
    InetSocketAddress address,
    Class<? extends ServerChannel> channelType,
    int socketBuffer,
    RelayOptions relayOptions) {}
