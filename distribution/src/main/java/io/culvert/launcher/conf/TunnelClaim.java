// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a tunnel must have for itself: its access token and its name. Immutable; {@link #toString()}
 * does not show the token.
 *
 * @param owner the file, or the PID of a tunnel that comes from none.
 * @param token the access token.
 * @param name the name; the PID of a tunnel without one.
 */
record TunnelClaim(String owner, Optional<String> token, String name) {
  private static final String SAME_TOKEN =
      " have the same access token, which is good for one tunnel only: delete one of them";
  private static final String SAME_NAME =
      " have the same name, which only one tunnel can have: give one of them another";

  /**
   * Returns what a tunnel claims that is to be open.
   *
   * @param owner the file, or the PID of a tunnel that comes from none.
   * @param pid the PID.
   * @param delivered the configuration, with placeholders replaced.
   */
  static TunnelClaim of(String owner, String pid, Map<String, Object> delivered) {
    return new TunnelClaim(
        owner,
        TunnelConf.text(delivered, "access.token"),
        TunnelConf.text(delivered, "name").orElse(pid));
  }

  /** Returns what this would take from others, such as one that it is a copy of. */
  List<String> complaints(List<TunnelClaim> others) {
    List<String> complaints = new ArrayList<>();
    first(others.stream().filter(it -> token.isPresent() && token.equals(it.token)))
        .ifPresent(owner -> complaints.add("this and " + owner + SAME_TOKEN));
    first(others.stream().filter(it -> name.equals(it.name)))
        .ifPresent(owner -> complaints.add("this and " + owner + SAME_NAME));
    return complaints;
  }

  private static Optional<String> first(Stream<TunnelClaim> claims) {
    return claims.map(TunnelClaim::owner).findFirst();
  }

  @Override
  public String toString() {
    return "TunnelClaim[" + owner + "]";
  }
}
