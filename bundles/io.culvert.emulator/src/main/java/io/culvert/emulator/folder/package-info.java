// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What the program keeps on disk: keys and certificates, a lock, and where the running emulator is.
 */
@NullMarked
package io.culvert.emulator.folder;

import org.jspecify.annotations.NullMarked;
