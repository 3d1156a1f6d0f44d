// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Tests of the assembled program, as a user would run it. */
@NullMarked
package io.culvert.localproxy.test;

import org.jspecify.annotations.NullMarked;
