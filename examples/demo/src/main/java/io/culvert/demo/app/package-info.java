// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The applications at the far end of the tunnel. */
@NullMarked
package io.culvert.demo.app;

import org.jspecify.annotations.NullMarked;
