// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The program {@code emulator}: command line, log and life of the process. */
@NullMarked
package io.culvert.emulator.program;

import org.jspecify.annotations.NullMarked;
