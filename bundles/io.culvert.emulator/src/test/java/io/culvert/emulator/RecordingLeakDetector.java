// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Collects leaked buffers instead of only logging them; the build tells Netty to use it. */
public final class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {
  private static final List<String> LEAKS = new CopyOnWriteArrayList<>();

  /** Called by Netty by reflection. */
  public RecordingLeakDetector(Class<T> resourceType, int samplingInterval) {
    super(resourceType, samplingInterval);
  }

  /** Looked for by Netty first; the last argument has lost its meaning there. */
  public RecordingLeakDetector(Class<T> resourceType, int samplingInterval, long maxActive) {
    this(resourceType, samplingInterval);
  }

  static List<String> leaks() {
    return List.copyOf(LEAKS);
  }

  /** Forgets all leaks so far: a test wanted them. */
  static void forget() {
    LEAKS.clear();
  }

  @Override
  protected boolean needReport() {
    return true;
  }

  @Override
  protected void reportTracedLeak(String resourceType, String records) {
    LEAKS.add(resourceType + records);
    super.reportTracedLeak(resourceType, records);
  }

  @Override
  protected void reportUntracedLeak(String resourceType) {
    LEAKS.add(resourceType);
    super.reportUntracedLeak(resourceType);
  }
}
