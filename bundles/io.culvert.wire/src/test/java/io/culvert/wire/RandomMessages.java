// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import com.google.protobuf.CodedOutputStream;
import io.culvert.proto.Message;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Messages that an end of a tunnel may send, and byte strings that it should not. */
final class RandomMessages {
  private static final List<String> SERVICE_IDS =
      List.of("", "SSH", "HTTP", "a:Z_0-9", "x".repeat(127), "x".repeat(128));

  private RandomMessages() {}

  static TunnelMessage legal(Random random) {
    MessageType type = MessageType.values()[random.nextInt(MessageType.values().length)];
    return switch (type) {
      case DATA -> data(random);
      case SESSION_RESET -> TunnelMessage.control(type, "", 0, 0);
      case SERVICE_IDS ->
          TunnelMessage.serviceIds(SERVICE_IDS.subList(1, 1 + random.nextInt(SERVICE_IDS.size())));
      default -> TunnelMessage.control(type, serviceId(random), id(random) | 1, id(random));
    };
  }

  static TunnelMessage data(Random random) {
    int length = random.nextInt(random.nextInt(10) == 0 ? 64513 : 300);
    return TunnelMessage.data(
        serviceId(random),
        id(random) | 1,
        id(random),
        Unpooled.wrappedBuffer(Bytes.random(random, length)));
  }

  /** Makes a byte string of fields, most of them known, in ascending or any order. */
  static byte[] anyFields(Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      boolean canonical = random.nextBoolean();
      for (int i = 1; i <= 8; i++) {
        if (random.nextInt(4) > 0) {
          writeField(out, random, canonical ? i : random.nextInt(1, 9));
        }
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Changes, drops, adds or cuts off a few bytes. */
  static byte[] damage(Random random, byte[] bytes) {
    byte[] result = bytes;
    for (int i = random.nextInt(1, 4); i > 0 && result.length > 0; i--) {
      int at = random.nextInt(result.length);
      byte[] before = Arrays.copyOf(result, at);
      byte[] after = Arrays.copyOfRange(result, at + 1, result.length);
      result =
          switch (random.nextInt(4)) {
            case 0 -> Bytes.concat(before, Bytes.random(random, 1), after);
            case 1 -> Bytes.concat(before, after);
            case 2 -> Bytes.concat(before, Bytes.random(random, 2), after);
            default -> before;
          };
    }
    return result;
  }

  private static void writeField(CodedOutputStream out, Random random, int number)
      throws IOException {
    switch (number) {
      case Message.TYPE_FIELD_NUMBER ->
          out.writeEnum(number, random.nextBoolean() ? 1 : random.nextInt(-1, 10));
      case Message.STREAMID_FIELD_NUMBER, Message.CONNECTIONID_FIELD_NUMBER ->
          out.writeUInt64(number, varint(random));
      case Message.IGNORABLE_FIELD_NUMBER -> out.writeBool(number, random.nextBoolean());
      case Message.PAYLOAD_FIELD_NUMBER ->
          out.writeByteArray(number, Bytes.random(random, random.nextInt(20)));
      case Message.SERVICEID_FIELD_NUMBER, Message.AVAILABLESERVICEIDS_FIELD_NUMBER ->
          out.writeString(number, random.nextInt(20) == 0 ? "ü" : serviceId(random));
      default -> out.writeUInt64(random.nextInt(8, 1 << 20), random.nextLong());
    }
  }

  /** Numbers of all sizes, some of them with more than the 32 bits that a field keeps. */
  private static long varint(Random random) {
    return random.nextInt(4) == 0 ? random.nextLong() : id(random);
  }

  private static int id(Random random) {
    return random.nextInt() >> random.nextInt(32);
  }

  private static String serviceId(Random random) {
    return SERVICE_IDS.get(random.nextInt(SERVICE_IDS.size()));
  }
}
