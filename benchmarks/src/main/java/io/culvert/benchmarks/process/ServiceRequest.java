// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.util.List;

/**
 * How a service and its tunnel have to be. Immutable.
 *
 * @param link the way from one end of the tunnel to the other.
 * @param services the ids of the tunnel's services.
 */
public record ServiceRequest(Link link, List<String> services) {}
