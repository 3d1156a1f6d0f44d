// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Certificates that nobody trusts unless told to. */
@NullMarked
package io.culvert.emulator.tls;

import org.jspecify.annotations.NullMarked;
