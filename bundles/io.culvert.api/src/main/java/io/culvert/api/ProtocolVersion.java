// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

/**
 * The shape of the messages that two ends of a tunnel exchange about one service. It is not the
 * WebSocket subprotocol: all three travel over {@code aws.iot.securetunneling-3.0}.
 */
public enum ProtocolVersion {
  /** No service id, no connection id: one connection in the whole tunnel. */
  V1,
  /** Service ids, no connection id: one connection per service. */
  V2,
  /** Service ids and connection ids: many connections per service. */
  V3
}
