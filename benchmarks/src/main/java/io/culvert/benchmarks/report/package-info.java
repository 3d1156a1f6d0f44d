// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What is made of results: tables, plots and the page of the documentation. */
@NullMarked
package io.culvert.benchmarks.report;

import org.jspecify.annotations.NullMarked;
