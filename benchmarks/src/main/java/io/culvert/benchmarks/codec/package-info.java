// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** JMH benchmarks of bytes to messages and back. */
@NullMarked
package io.culvert.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
