// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.culvert.emulator.registry.TunnelInfo;
import io.culvert.emulator.registry.TunnelRegistry;
import java.util.List;

/**
 * Lists tunnels page by page, newest first. A page goes on below the last tunnel of the one before,
 * so nothing is shown twice or left out when tunnels come and go in between. Stateless.
 */
final class ListTunnels implements Operation {
  private static final int MAX_RESULTS = 100;
  private static final String THING_NAME = "thingName";
  private static final String MAX_RESULTS_NAME = "maxResults";
  private static final String NEXT_TOKEN = "nextToken";

  private final TunnelRegistry registry;
  private final Arns arns;

  ListTunnels(TunnelRegistry registry, Arns arns) {
    this.registry = registry;
    this.arns = arns;
  }

  @Override
  public JsonNode answer(Input input) throws ApiException {
    Validation validation = new Validation();
    String thing = input.string(THING_NAME);
    validation.check(input.path(THING_NAME), thing, TextRule.NAME);
    Integer maxResults = input.integer(MAX_RESULTS_NAME);
    validation.range(input.path(MAX_RESULTS_NAME), maxResults, 1, MAX_RESULTS);
    String token = input.string(NEXT_TOKEN);
    validation.check(input.path(NEXT_TOKEN), token, TextRule.NEXT_TOKEN);
    validation.verify();
    long before = token == null ? Long.MAX_VALUE : PageToken.decode(token);
    int size = maxResults == null ? MAX_RESULTS : maxResults;
    List<TunnelInfo> rest =
        registry.tunnels().stream()
            .filter(tunnel -> tunnel.number() < before)
            .filter(tunnel -> thing == null || thing.equals(tunnel.destination().thingName()))
            .limit(size + 1L)
            .toList();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode summaries = answer.putArray("tunnelSummaries");
    rest.stream().limit(size).forEach(tunnel -> summaries.add(TunnelJson.summary(tunnel, arns)));
    if (rest.size() > size) {
      answer.put(NEXT_TOKEN, PageToken.encode(rest.get(size - 1).number()));
    }
    return answer;
  }
}
