// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** JMH benchmarks of WebSocket frames, in the package of what they measure. */
@NullMarked
package io.culvert.core.websocket;

import org.jspecify.annotations.NullMarked;
