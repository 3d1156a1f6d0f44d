// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a program that runs tunnels says of the items that it cannot use. */
public final class Items {
  private Items() {}

  /**
   * Takes nothing that is wrong.
   *
   * @param items the items of a file or folder.
   * @return what the user should hear of.
   * @throws InputException for the first that is wrong.
   */
  public static List<Notice> strict(List<Item> items) {
    for (Item item : items) {
      if (item.verdict() == Verdict.WRONG) {
        throw new InputException(item.message());
      }
    }
    return notices(items);
  }

  /**
   * Passes over what is wrong.
   *
   * @param items the items of a file or folder.
   * @return what the user should hear of.
   */
  public static List<Notice> lenient(List<Item> items) {
    return notices(items);
  }

  private static List<Notice> notices(List<Item> items) {
    List<Notice> notices = new ArrayList<>();
    for (Item item : items) {
      switch (item.verdict()) {
        case DOUBTFUL -> notices.add(Notice.warning(item.message()));
        case WRONG -> notices.add(Notice.warning(item.message() + "; skipped"));
        case USABLE, OVERRULED, WITHOUT_EFFECT -> {}
      }
    }
    withoutEffect(items)
        .forEach((file, keys) -> notices.add(Notice.info(file + ": without effect here: " + keys)));
    return notices;
  }

  private static Map<String, String> withoutEffect(List<Item> items) {
    return items.stream()
        .filter(item -> item.verdict() == Verdict.WITHOUT_EFFECT)
        .collect(
            Collectors.groupingBy(
                item -> item.place().file(),
                LinkedHashMap::new,
                Collectors.mapping(Item::key, Collectors.joining(", "))));
  }
}
