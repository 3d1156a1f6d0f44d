// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import org.osgi.framework.Bundle;

/**
 * What a process holds at one moment, after a garbage collection: that is what gives the memory of
 * an allocator back.
 *
 * @param threads how many threads.
 * @param descriptors open files and sockets, 0 if the system does not say.
 * @param direct bytes of direct buffers.
 * @param netty bytes of direct memory that the Netty of the tested bundle counts.
 */
record Footprint(int threads, long descriptors, long direct, long netty) {

  static Footprint of(Bundle core) throws ReflectiveOperationException {
    System.gc();
    Class<?> memory = core.loadClass("io.netty.util.internal.PlatformDependent");
    return new Footprint(
        Thread.getAllStackTraces().size(),
        openDescriptors(),
        directBytes(),
        (long) memory.getMethod("usedDirectMemory").invoke(null));
  }

  private static long openDescriptors() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0;
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
