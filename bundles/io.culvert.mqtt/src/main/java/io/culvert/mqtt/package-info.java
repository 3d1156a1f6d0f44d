// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Subscribes to tunnel notifications at an MQTT broker, which is AWS IoT Core as a rule. */
@NullMarked
package io.culvert.mqtt;

import org.jspecify.annotations.NullMarked;
