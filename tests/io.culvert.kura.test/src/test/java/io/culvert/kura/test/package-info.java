// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Packages as a gateway's owner handles them, on the frameworks that Kura and others run on. */
@NullMarked
package io.culvert.kura.test;

import org.jspecify.annotations.NullMarked;
