// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Event loops, native or NIO channels, buffers, and name look-up off the event loop. */
@NullMarked
package io.culvert.core.net;

import org.jspecify.annotations.NullMarked;
