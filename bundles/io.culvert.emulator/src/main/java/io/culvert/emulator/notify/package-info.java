// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Tells things of tunnels that lead to them, over MQTT, as AWS does. */
@NullMarked
package io.culvert.emulator.notify;

import org.jspecify.annotations.NullMarked;
