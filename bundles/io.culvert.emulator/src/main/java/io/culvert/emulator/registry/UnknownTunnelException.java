// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import java.util.NoSuchElementException;

/** There is no tunnel of that id, or no more. */
public final class UnknownTunnelException extends NoSuchElementException {
  private static final long serialVersionUID = 1;

  UnknownTunnelException(String tunnelId) {
    super("no tunnel " + tunnelId);
  }
}
