// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.culvert.emulator.registry.TunnelRegistry;
import io.culvert.emulator.registry.UnknownTunnelException;
import java.util.List;
import java.util.Map;

/** The operations on tags, translated for the registry. Called by many threads at once. */
final class TagOperations {
  private static final String RESOURCE_ARN = "resourceArn";
  private static final String TAG_KEYS = "tagKeys";

  private final TunnelRegistry registry;
  private final Arns arns;

  TagOperations(TunnelRegistry registry, Arns arns) {
    this.registry = registry;
    this.arns = arns;
  }

  Map<String, Operation> byName() {
    return Map.of(
        "TagResource", this::tag, "UntagResource", this::untag, "ListTagsForResource", this::list);
  }

  private JsonNode tag(Input input) throws ApiException {
    Validation validation = new Validation();
    String arn = arn(input, validation);
    validation.require(input.path("tags"), input.structures("tags"));
    Map<String, String> tags = TagInput.read(input, validation);
    validation.verify();
    try {
      if (!registry.tag(tunnelId(arn), tags, TagInput.MAX_TAGS)) {
        throw TagInput.tooMany();
      }
    } catch (UnknownTunnelException e) {
      throw unknown(arn);
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private JsonNode untag(Input input) throws ApiException {
    Validation validation = new Validation();
    String arn = arn(input, validation);
    List<String> keys = input.strings(TAG_KEYS);
    validation.require(input.path(TAG_KEYS), keys);
    validation.size(input.path(TAG_KEYS), keys, 0, TagInput.MAX_LIST);
    validation.checkEach(input.path(TAG_KEYS), keys, TextRule.TAG_KEY);
    validation.verify();
    try {
      registry.untag(tunnelId(arn), keys == null ? List.of() : keys);
    } catch (UnknownTunnelException e) {
      throw unknown(arn);
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private JsonNode list(Input input) throws ApiException {
    Validation validation = new Validation();
    String arn = arn(input, validation);
    validation.verify();
    try {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.set("tags", TunnelJson.tags(registry.info(tunnelId(arn)).tags()));
      return answer;
    } catch (UnknownTunnelException e) {
      throw unknown(arn);
    }
  }

  /** Reads the name, and notes what is wrong with it; never null for those who verify. */
  private static String arn(Input input, Validation validation) throws ApiException {
    String arn = input.string(RESOURCE_ARN);
    validation.require(input.path(RESOURCE_ARN), arn);
    validation.check(input.path(RESOURCE_ARN), arn, TextRule.RESOURCE_NAME);
    return arn == null ? "" : arn;
  }

  private String tunnelId(String arn) throws ApiException {
    return arns.tunnelId(arn).orElseThrow(() -> unknown(arn));
  }

  private static ApiException unknown(String arn) {
    return ApiException.notFound("The resource " + arn + " does not exist");
  }
}
