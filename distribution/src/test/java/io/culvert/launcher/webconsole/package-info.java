// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Tests of the web console's password. */
@NullMarked
package io.culvert.launcher.webconsole;

import org.jspecify.annotations.NullMarked;
