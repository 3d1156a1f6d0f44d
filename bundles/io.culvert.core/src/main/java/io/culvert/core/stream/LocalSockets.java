// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.netty.channel.ChannelOption;

/** The options that all local sockets have in common. */
final class LocalSockets {
  private LocalSockets() {}

  /** Takes one option of a bootstrap. */
  interface Options {
    <T> Object set(ChannelOption<T> option, T value);
  }

  /** Sets up channels that are read a chunk at a time, on demand. */
  static void configure(StreamContext context, Options options) {
    options.set(ChannelOption.ALLOCATOR, context.transport().allocator());
    options.set(ChannelOption.AUTO_READ, false);
    options.set(
        ChannelOption.RECVBUF_ALLOCATOR, new ChunkAllocator(context.settings().get().chunkBytes()));
  }
}
