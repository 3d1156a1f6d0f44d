// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel as it was at one moment.
 *
 * @param id the tunnel id.
 * @param number counts the tunnels of the registry in the order of their opening.
 * @param description a text for people, or null.
 * @param destination what it leads to.
 * @param lifetime after how long it closes by itself.
 * @param tags values by key, in the order in which they were set.
 * @param isOpen whether clients may connect.
 * @param createdAt when it was opened.
 * @param updatedAt when it was opened, rotated or closed, whichever was last.
 */
public record TunnelInfo(
    String id,
    long number,
    @Nullable String description,
    Destination destination,
    Duration lifetime,
    Map<String, String> tags,
    boolean isOpen,
    Instant createdAt,
    Instant updatedAt) {}
