// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files that are refused as they are now. For one thread. */
final class RefusedFiles {
  private final SortedSet<String> names = new TreeSet<>();
  private final SortedMap<String, ConfFile> wrong = new TreeMap<>();
  private final SortedMap<String, ConfFile> twins = new TreeMap<>();

  /** Notes a file that says nothing which can be judged. */
  void putBroken(ConfName name) {
    remove(name.file());
    names.add(name.file());
  }

  /** Notes a file that its component would refuse. */
  void putWrong(ConfFile file) {
    putBroken(file.name());
    wrong.put(file.name().file(), file);
  }

  /** Notes a file of a tunnel that would take something from another one. */
  void putTwin(ConfFile file) {
    putBroken(file.name());
    twins.put(file.name().file(), file);
  }

  /** Forgets a file, and returns whether it was refused. */
  boolean remove(String file) {
    wrong.remove(file);
    twins.remove(file);
    return names.remove(file);
  }

  int size() {
    return names.size();
  }

  /** Returns the wrong files that name a secret, so that it may be its fault. */
  List<String> naming(String secret) {
    return wrong.entrySet().stream()
        .filter(file -> Placeholders.secrets(file.getValue().values().values()).contains(secret))
        .map(SortedMap.Entry::getKey)
        .toList();
  }

  Collection<ConfFile> twins() {
    return twins.values();
  }
}
