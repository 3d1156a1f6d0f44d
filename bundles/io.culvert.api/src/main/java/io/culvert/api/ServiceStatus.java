// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import org.jspecify.annotations.Nullable;

/**
 * One service of a tunnel at one moment.
 *
 * @param serviceId the service id; empty for the service of a tunnel without service ids.
 * @param address where clients connect to (source: the bound address as {@code host:port}, absent
 *     while it is not bound) or what they reach (destination: the configured endpoint, absent while
 *     none is mapped).
 * @param version the version spoken for this service, absent while none is known.
 * @param connections connections that are open now.
 * @param totalConnections connections since the tunnel was opened.
 * @param bytesSent payload bytes sent into the tunnel since it was opened.
 * @param bytesReceived payload bytes received from the tunnel since it was opened.
 * @param failure why the listener is not bound, the last local connect failed, or no destination is
 *     mapped any more.
 */
public record ServiceStatus(
    String serviceId,
    @Nullable String address,
    @Nullable ProtocolVersion version,
    int connections,
    long totalConnections,
    long bytesSent,
    long bytesReceived,
    @Nullable TunnelFailure failure) {}
