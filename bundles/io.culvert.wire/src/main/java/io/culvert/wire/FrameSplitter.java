// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the byte stream of a tunnel into frames, wherever the WebSocket messages begin and end.
 *
 * <p>A frame that lies whole in one input is passed on without a copy. One that does not is
 * assembled in a single buffer of its own length, allocated once the length is known to be allowed.
 *
 * <p>Confined to one thread. The sink may call {@link #close()} but not {@link #split}. Any failure
 * closes the splitter, because the boundaries in the stream are lost.
 */
public final class FrameSplitter implements AutoCloseable {
  private static final int UNKNOWN = -1;

  private final ByteBufAllocator allocator;
  private final WireLimits limits;

  /** The first byte of a length prefix that was cut in two. */
  private int lengthHighByte = UNKNOWN;

  /** The length of the frame being received. */
  private int length = UNKNOWN;

  /** The beginning of the frame being received, if it was cut. */
  private @Nullable ByteBuf partial;

  private boolean closed;

  /**
   * Makes a splitter at the beginning of a stream.
   *
   * @param allocator gives the buffers of frames that must be assembled.
   * @param limits the frame limit to enforce.
   */
  public FrameSplitter(ByteBufAllocator allocator, WireLimits limits) {
    this.allocator = requireNonNull(allocator, "allocator");
    this.limits = requireNonNull(limits, "limits");
  }

  /**
   * Takes the next bytes of the stream and hands over each frame that is complete with them.
   *
   * @param in the bytes, which the splitter releases in any case.
   * @param sink takes the frames; what it throws is passed on.
   * @throws ProtocolViolationException if a frame is empty or over the limit, or from the sink.
   * @throws IllegalStateException if the splitter is closed.
   */
  public void split(ByteBuf in, FrameSink sink) throws ProtocolViolationException {
    boolean done = false;
    try {
      if (closed) {
        throw new IllegalStateException("frame splitter is closed");
      }
      while (in.isReadable() && !closed) {
        if (length == UNKNOWN) {
          readLength(in);
        } else {
          readFrame(in, sink);
        }
      }
      done = true;
    } finally {
      in.release();
      if (!done) {
        close();
      }
    }
  }

  /** Releases an incomplete frame. Further calls have no effect. */
  @Override
  public void close() {
    closed = true;
    if (partial != null) {
      partial.release();
      partial = null;
    }
  }

  private void readLength(ByteBuf in) throws ProtocolViolationException {
    if (lengthHighByte == UNKNOWN) {
      lengthHighByte = in.readUnsignedByte();
      return;
    }
    length = lengthHighByte << 8 | in.readUnsignedByte();
    lengthHighByte = UNKNOWN;
    if (length == 0) {
      throw new ProtocolViolationException("empty tunnel frame");
    }
    limits.checkFrame(length);
  }

  private void readFrame(ByteBuf in, FrameSink sink) throws ProtocolViolationException {
    if (partial == null && in.readableBytes() >= length) {
      int complete = length;
      length = UNKNOWN;
      sink.frame(in.readRetainedSlice(complete));
      return;
    }
    if (partial == null) {
      partial = allocator.buffer(length, length);
    }
    ByteBuf frame = partial;
    frame.writeBytes(in, Math.min(in.readableBytes(), frame.writableBytes()));
    if (frame.writableBytes() == 0) {
      partial = null;
      length = UNKNOWN;
      sink.frame(frame);
    }
  }
}
