// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a list of tags. */
final class TagInput {
  /** How many tags AWS lets a resource have. */
  static final int MAX_TAGS = 50;

  /** How many elements a list of tags or keys may have. */
  static final int MAX_LIST = 200;

  private static final String TAGS = "tags";
  private static final String KEY = "key";
  private static final String VALUE = "value";

  private TagInput() {}

  /** Reads the tags, none if they are not there, and notes what is wrong with them. */
  static Map<String, String> read(Input request, Validation validation) throws ApiException {
    List<Input> list = request.structures(TAGS);
    if (list == null) {
      return Map.of();
    }
    if (list.isEmpty() || list.size() > MAX_LIST) {
      validation.size(request.path(TAGS), request.text(TAGS), list.size(), 1, MAX_LIST);
      return Map.of();
    }
    Map<String, String> tags = new LinkedHashMap<>();
    for (Input tag : list) {
      String key = tag.string(KEY);
      String value = tag.string(VALUE);
      validation.require(tag.path(KEY), key);
      validation.check(tag.path(KEY), key, TextRule.TAG_KEY);
      validation.require(tag.path(VALUE), value);
      validation.check(tag.path(VALUE), value, TextRule.TAG_VALUE);
      if (key != null && value != null) {
        tags.put(key, value);
      }
    }
    return tags;
  }

  static ApiException tooMany() {
    return ApiException.limitExceeded("A tunnel can have at most " + MAX_TAGS + " tags");
  }
}
