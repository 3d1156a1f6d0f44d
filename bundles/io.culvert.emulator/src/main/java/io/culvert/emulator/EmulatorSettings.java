// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import io.culvert.emulator.notify.TunnelNotifier;
import io.culvert.emulator.registry.TokenPolicy;
import io.culvert.emulator.server.ServerSettings;
import io.culvert.emulator.time.ServiceClock;
import io.culvert.emulator.tls.ThrowawayCertificates;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How an emulator is to be.
 *
 * @param certificates of the server, and of the authority that clients have to trust.
 * @param authorityFolder where to write the certificate to trust, or null.
 * @param tokenPolicy how often an access token may be used.
 * @param group the event loops, null for one of its own.
 * @param clock the time, null for the real one.
 * @param dataPlane how the data plane listens.
 * @param controlPlane how the control plane listens, null for none.
 * @param notifier tells things of their tunnels, null for nobody. It ends with the emulator.
 */
record EmulatorSettings(
    ThrowawayCertificates certificates,
    @Nullable Path authorityFolder,
    TokenPolicy tokenPolicy,
    @Nullable EventLoopGroup group,
    @Nullable ServiceClock clock,
    ServerSettings dataPlane,
    @Nullable ControlSettings controlPlane,
    @Nullable TunnelNotifier notifier) {}
