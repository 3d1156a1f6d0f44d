// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.culvert.demo.broker;

import org.jspecify.annotations.NullMarked;
