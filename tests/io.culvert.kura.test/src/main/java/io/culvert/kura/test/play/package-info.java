// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Behaves as Kura 5.6 does towards an add-on. */
@NullMarked
package io.culvert.kura.test.play;

import org.jspecify.annotations.NullMarked;
