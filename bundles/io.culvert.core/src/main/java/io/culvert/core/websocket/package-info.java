// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/**
 * One WebSocket that is up: its frames, its messages, and whether it is alive. Everything of one
 * WebSocket is confined to one event loop.
 */
@NullMarked
package io.culvert.core.websocket;

import org.jspecify.annotations.NullMarked;
