// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.Secret;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A tunnel notification that makes sense. Immutable.
 *
 * @param accessToken the token of the tunnel's destination.
 * @param region the AWS region of the tunnel.
 * @param services the tunnel's services in their order, none for a tunnel without service ids.
 */
record Notification(Secret accessToken, String region, Set<String> services) {
  Notification {
    services = Collections.unmodifiableSet(new LinkedHashSet<>(services));
  }
}
