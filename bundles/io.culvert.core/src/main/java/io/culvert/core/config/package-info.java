// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Settings as immutable values: read and checked once, then passed to who needs them. */
@NullMarked
package io.culvert.core.config;

import org.jspecify.annotations.NullMarked;
