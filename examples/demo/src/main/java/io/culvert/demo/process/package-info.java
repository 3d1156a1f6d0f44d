// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The programs that the demo starts, watches and ends. */
@NullMarked
package io.culvert.demo.process;

import org.jspecify.annotations.NullMarked;
