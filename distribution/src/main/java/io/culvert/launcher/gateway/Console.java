// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import java.io.PrintStream;

/**
 * Where a program prints.
 *
 * @param out what was asked for, and the log.
 * @param err what is wrong with the command line.
 */
record Console(PrintStream out, PrintStream err) {}
