// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Who may use the Felix Web Console of a gateway, and for what. */
@NullMarked
package io.culvert.webconsole;

import org.jspecify.annotations.NullMarked;
