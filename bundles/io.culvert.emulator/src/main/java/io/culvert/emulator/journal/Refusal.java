// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.journal;

/**
 * A handshake that was not accepted.
 *
 * @param status the HTTP status of the answer, 0 if the connection was cut without one.
 * @param reason the sentence in the body of the answer.
 * @param channelId the {@code channel-id} of the answer.
 */
public record Refusal(int status, String reason, String channelId) {}
