// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Makes a masked binary frame of each buffer that is written: in the buffer itself, if it has room
 * for a header in front, else in a copy. Lets other messages pass, such as control frames.
 *
 * <p>Event loop only. Takes over what is written; a buffer with a reference count of 1 is taken to
 * be nobody else's, also in the bytes before it.
 */
final class FrameEncoder extends ChannelOutboundHandlerAdapter {
  private static final int SHORT_HEADER = Short.BYTES + Masks.LENGTH;

  private final Masks masks;

  FrameEncoder(Masks masks) {
    this.masks = masks;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ctx.write(message instanceof ByteBuf payload ? frame(payload, ctx.alloc()) : message, promise);
  }

  private ByteBuf frame(ByteBuf payload, ByteBufAllocator allocator) {
    int length = payload.readableBytes();
    int header = SHORT_HEADER + lengthBytes(length);
    ByteBuf frame = hasRoom(payload, header) ? payload : copy(payload, header, allocator);
    int start = frame.readerIndex();
    int end = frame.writerIndex();
    int mask = masks.next();
    frame.setIndex(start - header, start - header);
    writeHeader(frame, length, mask);
    frame.writerIndex(end);
    Masks.apply(mask, frame, start, length);
    return frame;
  }

  private static int lengthBytes(int length) {
    if (length < FrameHeader.LENGTH_16) {
      return 0;
    }
    return length <= 0xFFFF ? Short.BYTES : Long.BYTES;
  }

  private static boolean hasRoom(ByteBuf payload, int header) {
    return payload.refCnt() == 1
        && !payload.isReadOnly()
        && payload.isContiguous()
        && payload.readerIndex() >= header;
  }

  private static ByteBuf copy(ByteBuf payload, int header, ByteBufAllocator allocator) {
    int length = payload.readableBytes();
    try {
      return allocator
          .buffer(header + length)
          .setIndex(header, header)
          .writeBytes(payload, payload.readerIndex(), length);
    } finally {
      payload.release();
    }
  }

  private static void writeHeader(ByteBuf frame, int length, int mask) {
    frame.writeByte(FrameHeader.FINAL | FrameHeader.BINARY);
    switch (lengthBytes(length)) {
      case 0 -> frame.writeByte(FrameHeader.MASKED | length);
      case Short.BYTES ->
          frame.writeByte(FrameHeader.MASKED | FrameHeader.LENGTH_16).writeShort(length);
      default -> frame.writeByte(FrameHeader.MASKED | FrameHeader.LENGTH_64).writeLong(length);
    }
    frame.writeInt(mask);
  }
}
