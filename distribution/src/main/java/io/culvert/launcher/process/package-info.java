// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What belongs to the process itself: signals, exit codes, and folders of its own. */
@NullMarked
package io.culvert.launcher.process;

import org.jspecify.annotations.NullMarked;
