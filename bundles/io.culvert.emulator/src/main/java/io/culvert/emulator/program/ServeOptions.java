// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.notify.BrokerSettings;
import io.culvert.emulator.registry.TokenPolicy;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the emulator is to run.
 *
 * @param port port of the data plane, 0 for any.
 * @param controlPort port of the control plane, 0 for any.
 * @param controlTls whether the control plane speaks TLS.
 * @param folder where certificates are kept.
 * @param isDefaultFolder whether that is where commands look for it anyway.
 * @param webProxyHint what to type so that clients find it in spite of a web proxy.
 * @param region the AWS region to stand for.
 * @param tokenPolicy how often an access token works.
 * @param socketBuffer bytes of each kernel buffer of a connection, 0 for what the system chooses.
 * @param broker where things are notified of their tunnels, if anywhere.
 */
record ServeOptions(
    int port,
    int controlPort,
    boolean controlTls,
    Path folder,
    boolean isDefaultFolder,
    Optional<String> webProxyHint,
    String region,
    TokenPolicy tokenPolicy,
    int socketBuffer,
    Optional<BrokerSettings> broker) {}
