// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The Felix Web Console beside the gateway: where it listens, and its password. */
@NullMarked
package io.culvert.launcher.webconsole;

import org.jspecify.annotations.NullMarked;
