// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the launcher knows of keys is what the metatype of the components says. */
class ConfigKeyTest {
  @ParameterizedTest
  @EnumSource
  void theComponentHasTheKeyAndTakesItForASecretIfWeDo(ConfigKey key) throws Exception {
    assertThat(types(key.pid()))
        .hasEntrySatisfying(
            key.key(), type -> assertThat(type.equals("Password")).isEqualTo(key.isSecret()));
  }

  /** Returns the types of the keys of a PID. */
  private static Map<String, String> types(String pid) throws Exception {
    Map<String, String> types = new HashMap<>();
    try (InputStream metatype =
        ConfigKey.class.getResourceAsStream("/OSGI-INF/metatype/" + pid + ".xml")) {
      NodeList attributes =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(Objects.requireNonNull(metatype))
              .getElementsByTagName("AD");
      for (int i = 0; i < attributes.getLength(); i++) {
        Element attribute = (Element) attributes.item(i);
        types.put(attribute.getAttribute("id"), attribute.getAttribute("type"));
      }
    }
    return types;
  }
}
