// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What is different in Eclipse Kura; the only package that knows it. */
@NullMarked
package io.culvert.kura;

import org.jspecify.annotations.NullMarked;
