// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What happened at the emulated service, for tests to look at. No token is in any text of it. */
@NullMarked
package io.culvert.emulator.journal;

import org.jspecify.annotations.NullMarked;
