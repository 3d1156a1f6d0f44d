// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The MQTT broker that brings notifications to the gateway, and the certificates for it. */
@NullMarked
package io.culvert.demo.broker;

import org.jspecify.annotations.NullMarked;
