// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes for tests of other packages what otherwise only an attempt to connect makes. */
public final class ConnectFailures {
  private ConnectFailures() {}

  /** Returns a failure that may pass. */
  public static ConnectFailedException retry(@Nullable Duration after) {
    return new ConnectFailedException(
        TunnelFailure.of(ErrorCode.TCP, "by the test"), Retry.RETRY, after);
  }
}
