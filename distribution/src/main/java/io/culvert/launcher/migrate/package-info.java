// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Makes configuration files of the gateway out of what the reference local proxy reads. */
@NullMarked
package io.culvert.launcher.migrate;

import org.jspecify.annotations.NullMarked;
