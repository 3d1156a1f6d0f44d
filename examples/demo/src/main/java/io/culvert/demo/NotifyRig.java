// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import io.culvert.demo.process.ChildProcess;
import io.culvert.demo.tunnel.ControlPlane;
import io.culvert.demo.tunnel.OpenedTunnel;

/**
 * All that runs when notifications are shown.
 *
 * @param rig what runs without them, too.
 * @param emulator the program; it tells of messages that reset a stream.
 * @param control opens, rotates and closes tunnels.
 * @param gatewayTunnels what the gateway says it has.
 * @param tunnel what the gateway was notified of.
 */
record NotifyRig(
    Rig rig,
    ChildProcess emulator,
    ControlPlane control,
    GatewayTunnels gatewayTunnels,
    OpenedTunnel tunnel) {}
