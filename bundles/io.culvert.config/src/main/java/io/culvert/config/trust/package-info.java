// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Whose certificates are trusted: the CAs of the JDK, and those that a configuration names. */
@NullMarked
package io.culvert.config.trust;

import org.jspecify.annotations.NullMarked;
