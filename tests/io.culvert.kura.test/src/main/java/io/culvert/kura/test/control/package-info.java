// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What tests ask of Kura: the framework lends these types to the bundle that plays it. */
@NullMarked
package io.culvert.kura.test.control;

import org.jspecify.annotations.NullMarked;
