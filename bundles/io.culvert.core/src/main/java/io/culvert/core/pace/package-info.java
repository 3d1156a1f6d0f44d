// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/**
 * How fast bulk may go to the WebSocket, so that no queue grows behind it: a state machine to which
 * time and bytes are told, with no sockets, threads or clock of its own.
 */
@NullMarked
package io.culvert.core.pace;

import org.jspecify.annotations.NullMarked;
