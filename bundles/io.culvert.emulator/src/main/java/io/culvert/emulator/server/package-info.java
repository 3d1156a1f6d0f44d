// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The listening side of the data plane: TLS, the handshake and its rules. */
@NullMarked
package io.culvert.emulator.server;

import org.jspecify.annotations.NullMarked;
