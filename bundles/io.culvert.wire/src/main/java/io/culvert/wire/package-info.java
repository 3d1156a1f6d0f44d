// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes to tunnel messages and back. Knows no socket, no configuration and no stream. The format is
 * that of the V1, V2 and V3 WebSocket protocol guides.
 */
@NullMarked
package io.culvert.wire;

import org.jspecify.annotations.NullMarked;
