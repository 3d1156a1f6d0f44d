// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The streams of a tunnel: what moves between local sockets and the WebSocket, and when. Everything
 * of one tunnel is confined to one event loop.
 */
@NullMarked
package io.culvert.core.stream;

import org.jspecify.annotations.NullMarked;
