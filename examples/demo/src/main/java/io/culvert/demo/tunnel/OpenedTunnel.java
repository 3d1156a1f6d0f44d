// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.tunnel;

/**
 * A tunnel, and what each end shows to be let in. Immutable. Its {@link #toString()} does not show
 * the tokens.
 *
 * @param id the tunnel's id.
 * @param sourceToken for the operator's end.
 * @param destinationToken for the gateway's end.
 */
public record OpenedTunnel(String id, String sourceToken, String destinationToken) {
  @Override
  public String toString() {
    return "tunnel " + id;
  }
}
