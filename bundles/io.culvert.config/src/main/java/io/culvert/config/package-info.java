// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** How a bundle reads, checks and reports configurations, with what consoles are told of them. */
@NullMarked
package io.culvert.config;

import org.jspecify.annotations.NullMarked;
