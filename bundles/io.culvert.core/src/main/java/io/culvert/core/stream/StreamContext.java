// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.core.config.StreamSettings;
import io.culvert.core.net.HostResolver;
import io.culvert.core.net.Transport;
import io.netty.channel.EventLoop;
import java.util.function.Supplier;

/**
 * What the parts of one tunnel's streams have in common.
 *
 * @param name the tunnel's name, for log lines.
 * @param loop the event loop that all of them are confined to.
 * @param transport makes channels.
 * @param resolver looks names up.
 * @param settings the settings in force now.
 * @param shared the budget of all tunnels.
 */
record StreamContext(
    String name,
    EventLoop loop,
    Transport transport,
    HostResolver resolver,
    Supplier<StreamSettings> settings,
    SharedBudget shared) {}
