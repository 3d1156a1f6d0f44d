// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.journal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The request that opened a WebSocket, without its access token. Immutable. Its {@link #toString()}
 * shows the names of the headers only, because a client token is a secret, too.
 */
public final class HandshakeInfo {
  private final String channelId;
  private final String subprotocol;
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * Makes the record of one handshake.
   *
   * @param channelId the {@code channel-id} of the answer.
   * @param subprotocol the chosen subprotocol.
   * @param headers all values by name; access token and cookie must have been left out.
   */
  public HandshakeInfo(String channelId, String subprotocol, Map<String, List<String>> headers) {
    this.channelId = channelId;
    this.subprotocol = subprotocol;
    headers.forEach((name, values) -> this.headers.put(name, List.copyOf(values)));
  }

  /** Returns the {@code channel-id} of the answer. */
  public String channelId() {
    return channelId;
  }

  /** Returns the subprotocol that the service chose. */
  public String subprotocol() {
    return subprotocol;
  }

  /**
   * Returns the first value of a header.
   *
   * @param name the name in any case.
   * @return the value, which may be secret.
   */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /**
   * Returns all values of a header.
   *
   * @param name the name in any case.
   * @return the values, which may be secret; none if the header was not sent.
   */
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  @Override
  public String toString() {
    return "channel-id=" + channelId + " " + subprotocol + " headers=" + headers.keySet();
  }
}
