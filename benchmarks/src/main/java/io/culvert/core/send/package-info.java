// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** JMH benchmarks of who sends next, in the package of what they measure. */
@NullMarked
package io.culvert.core.send;

import org.jspecify.annotations.NullMarked;
