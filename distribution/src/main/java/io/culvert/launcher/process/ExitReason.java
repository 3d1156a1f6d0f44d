// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

/**
 * How and why the process ends.
 *
 * @param code the exit code.
 * @param message one line for the user; never holds a secret.
 */
public record ExitReason(ExitCode code, String message) {}
