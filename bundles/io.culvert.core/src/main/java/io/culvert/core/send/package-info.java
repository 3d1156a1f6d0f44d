// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What goes to the WebSocket of a tunnel next: whose turn it is, how much of it, and when. */
@NullMarked
package io.culvert.core.send;

import org.jspecify.annotations.NullMarked;
