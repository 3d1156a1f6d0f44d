// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

/** The tunnel is closed, and what was asked for needs an open one. */
public final class ClosedTunnelException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  ClosedTunnelException(String tunnelId) {
    super("tunnel " + tunnelId + " is closed");
  }
}
