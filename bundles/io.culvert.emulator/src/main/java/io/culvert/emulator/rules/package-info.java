// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What the service demands of the messages of its clients (guide, "Message type reference"). */
@NullMarked
package io.culvert.emulator.rules;

import org.jspecify.annotations.NullMarked;
