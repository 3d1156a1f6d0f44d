// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Tests of the core bundle that run inside the framework. */
@NullMarked
package io.culvert.core.test;

import org.jspecify.annotations.NullMarked;
