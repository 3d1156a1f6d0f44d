// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.util.List;

/**
 * How a pair of programs has to be. Immutable.
 *
 * @param services the ids of the tunnel's services.
 * @param application the port that each service leads to.
 * @param settings the settings of both.
 */
public record PairRequest(List<String> services, int application, Settings settings) {}
