// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Reads what the AWS reference local proxy reads: its options and their sources, the {@code
 * --config} file, the {@code --config-dir} tree, the {@code --settings-json} file and mapping
 * strings. Knows neither the command line nor OSGi.
 */
@NullMarked
package io.culvert.launcher.reference;

import org.jspecify.annotations.NullMarked;
