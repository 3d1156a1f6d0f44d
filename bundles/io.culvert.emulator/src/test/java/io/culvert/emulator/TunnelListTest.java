// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of tunnels, and their tags. */
class TunnelListTest extends ControlFixture {
  @Test
  void tagsAreSetReplacedAndRemoved() throws Exception {
    JsonNode opened = open("{'tags':[{'key':'a','value':'1'}]}");
    String arn = "{'resourceArn':'" + opened.path("tunnelArn").asText() + "'";
    api.call(
        "TagResource", arn + ",'tags':[{'key':'b','value':'2'},{'key':'a','value':'\u00e4 3'}]}");
    assertThat(api.call("ListTagsForResource", arn + "}").toString())
        .isEqualTo(
            ApiClient.json("{'tags':[{'key':'a','value':'\u00e4 3'},{'key':'b','value':'2'}]}"));
    api.call("UntagResource", arn + ",'tagKeys':['a','none']}");
    assertThat(api.describe(opened.path("tunnelId").asText()).path("tags").toString())
        .isEqualTo(ApiClient.json("[{'key':'b','value':'2'}]"));
  }

  @Test
  void tunnelHasAtMostFiftyTags() throws Exception {
    JsonNode opened = open("{'tags':" + tags("a", 50) + "}");
    String arn = "{'resourceArn':'" + opened.path("tunnelArn").asText() + "'";
    String answer = "LimitExceededException: A tunnel can have at most 50 tags";
    assertThat(api.fail("TagResource", arn + ",'tags':" + tags("b", 1) + "}")).isEqualTo(answer);
    assertThat(api.call("ListTagsForResource", arn + "}").path("tags")).hasSize(50);
    api.call("TagResource", arn + ",'tags':" + tags("a", 50) + "}");
    assertThat(api.fail("OpenTunnel", "{'tags':" + tags("a", 51) + "}")).isEqualTo(answer);
  }

  @Test
  void listIsPagedNewestFirst() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(0, open("{}").path("tunnelId").asText());
    }
    JsonNode first = api.call("ListTunnels", "{'maxResults':2}");
    assertThat(first.path("tunnelSummaries").findValuesAsText("tunnelId"))
        .isEqualTo(ids.subList(0, 2));
    open("{}");
    api.call("CloseTunnel", "{'delete':true,'tunnelId':'" + ids.get(1) + "'}");
    JsonNode second = api.call("ListTunnels", page(2, first));
    assertThat(second.path("tunnelSummaries").findValuesAsText("tunnelId"))
        .isEqualTo(ids.subList(2, 4));
    JsonNode third = api.call("ListTunnels", page(1, second));
    assertThat(third.path("tunnelSummaries").findValuesAsText("tunnelId"))
        .isEqualTo(ids.subList(4, 5));
    assertThat(third.has("nextToken")).isFalse();
  }

  @Test
  void listKnowsThingsAndClosedTunnels() throws Exception {
    open("{'destinationConfig':{'thingName':'one','services':['SSH']}}");
    String id =
        open("{'destinationConfig':{'thingName':'two','services':['SSH']},'description':'x'}")
            .path("tunnelId")
            .asText();
    api.call("CloseTunnel", "{'tunnelId':'" + id + "'}");
    JsonNode list = api.call("ListTunnels", "{'thingName':'two'}").path("tunnelSummaries");
    assertThat(list).hasSize(1);
    assertThat(list.get(0).path("tunnelId").asText()).isEqualTo(id);
    assertThat(list.get(0).path("status").asText()).isEqualTo("CLOSED");
    assertThat(list.get(0).path("description").asText()).isEqualTo("x");
    assertThat(api.call("ListTunnels", "{'thingName':'three'}").path("tunnelSummaries")).isEmpty();
  }

  private static String page(int size, JsonNode before) {
    String token = before.path("nextToken").asText();
    return "{'maxResults':" + size + ",'nextToken':'" + token + "'}";
  }

  private static String tags(String prefix, int count) {
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tags.add("{'key':'" + prefix + i + "','value':'v'}");
    }
    return tags.toString();
  }
}
