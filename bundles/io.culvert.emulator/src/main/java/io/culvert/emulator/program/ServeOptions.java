// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.registry.TokenPolicy;
import java.nio.file.Path;

/**
 * How the emulator is to run.
 *
 * @param port port of the data plane, 0 for any.
 * @param controlPort port of the control plane, 0 for any.
 * @param controlTls whether the control plane speaks TLS.
 * @param folder where certificates are kept.
 * @param isDefaultFolder whether that is where commands look for it anyway.
 * @param region the AWS region to stand for.
 * @param tokenPolicy how often an access token works.
 */
record ServeOptions(
    int port,
    int controlPort,
    boolean controlTls,
    Path folder,
    boolean isDefaultFolder,
    String region,
    TokenPolicy tokenPolicy) {}
