// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Tests of the web console's guard. */
@NullMarked
package io.culvert.webconsole;

import org.jspecify.annotations.NullMarked;
