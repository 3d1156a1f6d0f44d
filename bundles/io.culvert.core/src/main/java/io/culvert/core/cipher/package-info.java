// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What encrypts fastest on this machine, and that it does so from the first byte on. */
@NullMarked
package io.culvert.core.cipher;

import org.jspecify.annotations.NullMarked;
