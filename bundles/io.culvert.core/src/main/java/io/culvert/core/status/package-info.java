// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What others may know: what became of configurations. */
@NullMarked
package io.culvert.core.status;

import org.jspecify.annotations.NullMarked;
