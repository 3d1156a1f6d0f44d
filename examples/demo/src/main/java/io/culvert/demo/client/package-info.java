// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What uses the tunnel at the near end. */
@NullMarked
package io.culvert.demo.client;

import org.jspecify.annotations.NullMarked;
