// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import java.util.Map;
import java.util.Optional;

/** An HTTP reply with header names in lower case. */
record RawReply(int status, Map<String, String> headers, String body) {
  String channelId() {
    return Optional.ofNullable(headers.get("channel-id")).orElse("");
  }
}
