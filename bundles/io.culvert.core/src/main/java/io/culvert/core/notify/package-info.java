// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What notifications ask for, and what of it is done. */
@NullMarked
package io.culvert.core.notify;

import org.jspecify.annotations.NullMarked;
