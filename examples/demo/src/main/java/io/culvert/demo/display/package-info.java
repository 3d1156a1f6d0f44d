// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What the user sees: lines that stay, and progress that is drawn anew. */
@NullMarked
package io.culvert.demo.display;

import org.jspecify.annotations.NullMarked;
