// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.config.Printable;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * An HTTP answer with the beginning of its body, as far as it is worth showing.
 *
 * @param status the status code.
 * @param reason the reason phrase as it came.
 * @param headers the headers as they came.
 * @param body the beginning of the body as it came.
 */
record HttpReply(int status, String reason, HttpHeaders headers, String body) {
  private static final int SHOWN_REASON = 100;
  private static final int SHOWN_BODY = 200;

  /** Returns status, reason phrase and body fit for a message. */
  String describe(Printable printable) {
    String phrase = printable.clean(reason, SHOWN_REASON);
    String text = printable.clean(body, SHOWN_BODY);
    return status + (phrase.isEmpty() ? "" : " " + phrase) + (text.isEmpty() ? "" : ": " + text);
  }
}
