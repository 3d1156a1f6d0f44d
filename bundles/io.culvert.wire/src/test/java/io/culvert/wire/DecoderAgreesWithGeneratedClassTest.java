// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import static io.culvert.wire.Bytes.concat;
import static io.culvert.wire.Bytes.heap;
import static io.culvert.wire.Bytes.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Compares the decoder with the generated class: it accepts what that accepts, with the same
 * content, but for the rules that the protocol adds to the schema.
 */
class DecoderAgreesWithGeneratedClassTest {
  private static final List<byte[]> DATA_FIELDS =
      List.of(
          hex("08 01"), // type = DATA
          hex("10 01"), // streamId = 1
          hex("18 01"), // ignorable = true
          hex("22 02 68 69"), // payload = "hi"
          hex("2a 03 53 53 48"), // serviceId = "SSH"
          hex("38 02")); // connectionId = 2

  /** Field 15 in every wire type, and known fields in a wire type that is not theirs. */
  private static final List<byte[]> UNKNOWN_FIELDS =
      List.of(
          hex("78 ac 02"), // varint
          hex("79 01 02 03 04 05 06 07 08"), // 64 bits
          hex("7a 02 22 01"), // length-delimited, its content looking like a payload field
          hex("7b 78 01 7c"), // group
          hex("7d 01 02 03 04"), // 32 bits
          hex("f8 ff ff ff 0f 01"), // the highest field number
          hex("0a 01 02"), // type, length-delimited
          hex("15 01 02 03 04"), // streamId, 32 bits
          hex("20 07"), // payload, varint
          hex("28 07"), // serviceId, varint
          hex("3a 01 07")); // connectionId, length-delimited

  private static final String HI = Verdict.accepted("DATA", "SSH", 1, 2, "6869", List.of());

  private final MessageDecoder decoder = new MessageDecoder(WireLimits.DEFAULT);

  @Test
  void unknownFieldsAreSkippedWhereverTheyAre() {
    for (byte[] unknown : UNKNOWN_FIELDS) {
      for (int place = 0; place <= DATA_FIELDS.size(); place++) {
        List<byte[]> fields = new ArrayList<>(DATA_FIELDS);
        fields.add(place, unknown);

        assertThat(assertAgreement(join(fields))).isEqualTo(HI);
      }
    }
  }

  @Test
  void fieldsMayComeInAnyOrder() {
    Random random = Bytes.seededRandom();
    for (int i = 0; i < 500; i++) {
      List<byte[]> fields = new ArrayList<>(DATA_FIELDS);
      Collections.shuffle(fields, random);

      assertThat(assertAgreement(join(fields))).isEqualTo(HI);
    }
  }

  @Test
  void lastOfARepeatedFieldWins() {
    List<byte[]> others =
        List.of(
            hex("08 03"), // type = STREAM_RESET
            hex("10 00"), // streamId = 0, which the protocol forbids
            hex("18 00"), // ignorable = false
            hex("22 00"), // payload = ""
            hex("2a 01 20"), // serviceId = " ", which the protocol forbids
            hex("38 07")); // connectionId = 7
    for (byte[] other : others) {
      for (int place = 0; place <= DATA_FIELDS.size(); place++) {
        List<byte[]> fields = new ArrayList<>(DATA_FIELDS);
        fields.add(place, other);

        assertAgreement(join(fields));
      }
      assertThat(assertAgreement(concat(other, join(DATA_FIELDS)))).isEqualTo(HI);
    }
  }

  @Test
  void overlongVarintsMeanTheSame() {
    // Each number in ten bytes, the upper half of the 64 bits not zero.
    byte[] bytes =
        concat(
            hex("08 81 80 80 80 80 80 80 80 80 01"), // type = DATA
            hex("10 81 80 80 80 f0 ff ff ff ff 01"), // streamId = 1
            hex("22 82 80 80 80 80 80 80 80 80 00 68 69"), // payload = "hi"
            hex("2a 83 80 80 80 80 80 80 80 80 01 53 53 48"), // serviceId = "SSH"
            hex("38 82 80 80 80 90 80 80 80 80 7f")); // connectionId = 2

    assertThat(assertAgreement(bytes)).isEqualTo(HI);
  }

  @Test
  void everyTruncationIsJudgedAlike() {
    List<byte[]> fields = new ArrayList<>(DATA_FIELDS);
    fields.addAll(UNKNOWN_FIELDS);
    for (byte[] whole : List.of(join(DATA_FIELDS), join(fields))) {
      for (int length = 0; length <= whole.length; length++) {
        assertAgreement(Arrays.copyOf(whole, length));
      }
    }
  }

  @Test
  void randomAndDamagedMessagesAreJudgedAlike() {
    Random random = Bytes.seededRandom();
    int accepted = 0;
    int rounds = 200_000;
    for (int i = 0; i < rounds; i++) {
      byte[] bytes = RandomMessages.anyFields(random);
      if (random.nextInt(3) == 0) {
        bytes = RandomMessages.damage(random, bytes);
      }
      if (!assertAgreement(bytes).equals(Verdict.REJECTED)) {
        accepted++;
      }
    }
    // Both verdicts must have been tried often.
    assertThat(accepted).isBetween(rounds / 10, rounds * 9 / 10);
  }

  /** Returns what both say about the bytes, after checking that they say the same. */
  private String assertAgreement(byte[] bytes) {
    ByteBuf frame = heap(bytes);

    String verdict = Verdict.ofDecoder(decoder, frame);

    assertThat(verdict).as(ByteBufUtil.hexDump(bytes)).isEqualTo(Verdict.ofGeneratedClass(bytes));
    assertThat(frame.refCnt()).as(ByteBufUtil.hexDump(bytes)).isZero();
    return verdict;
  }

  private static byte[] join(List<byte[]> fields) {
    return concat(fields.toArray(byte[][]::new));
  }
}
