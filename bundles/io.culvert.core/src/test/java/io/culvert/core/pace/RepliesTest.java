// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepliesTest {
  private final Replies replies = new Replies();

  @Test
  void whatIsSentUnaskedIsARequest() {
    assertThat(replies.isLate(64)).isFalse();
    assertThat(replies.isLate(64)).isFalse();
  }

  @Test
  void theEchoOfOneMessageMayBeWaitedFor() {
    for (int i = 0; i < 3; i++) {
      replies.received(64, false);
      assertThat(replies.isLate(64)).isFalse();
    }
  }

  @Test
  void ofTheEchoesOfSeveralOnlyTheLastMayBeWaitedFor() {
    receive(64, 64, 64);

    assertThat(replies.isLate(64)).isTrue();
    assertThat(replies.isLate(64)).isTrue();
    assertThat(replies.isLate(64)).isFalse();
  }

  @Test
  void nobodyWaitsForTheEchoOfSeveralTogether() {
    receive(36, 52, 36);

    assertThat(replies.isLate(124)).isTrue();
    assertThat(replies.isLate(124)).isFalse();
  }

  @Test
  void whatFollowsAnAnswerInPartsIsARequest() {
    receive(300, 300);

    assertThat(replies.isLate(100)).isFalse();
  }

  @Test
  void anAnswerInPartsAsLongAsTheRequestIsNoReasonToWaitForNoneAnyMore() {
    int requests = 0;
    for (int i = 0; i < 100; i++) {
      boolean late = replies.isLate(64);
      requests += late ? 0 : 1;
      replies.received(64, !late);
      replies.received(64, false);
    }
    assertThat(requests).isGreaterThan(90);
  }

  /** Several answers came between two requests of somebody who does not wait. */
  @Test
  void whatFollowsAnswersIsARequest() {
    replies.received(64, true);
    replies.received(64, true);

    assertThat(replies.isLate(64)).isFalse();
  }

  @Test
  void whatCameBeforeTheLastReplyCountsNoMore() {
    receive(64, 64);
    replies.isLate(100);
    receive(64);

    assertThat(replies.isLate(64)).isFalse();
  }

  private void receive(int... payloads) {
    for (int payload : payloads) {
      replies.received(payload, false);
    }
  }
}
