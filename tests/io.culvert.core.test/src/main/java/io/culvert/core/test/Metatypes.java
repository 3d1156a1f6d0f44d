// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.ObjectClassDefinition;

/** What a bundle says about its configuration. */
final class Metatypes {
  private Metatypes() {}

  /** Returns the PIDs of the singletons, then those of the factories. */
  static List<String> pids(MetaTypeInformation information) {
    return Stream.concat(Stream.of(information.getPids()), Stream.of(information.getFactoryPids()))
        .toList();
  }

  /** Returns, by PID, the keys of the attributes whose values must not be seen. */
  static Map<String, List<String>> secrets(MetaTypeInformation information) {
    Map<String, List<String>> secrets = new TreeMap<>();
    for (String pid : pids(information)) {
      List<String> keys = secretKeys(information.getObjectClassDefinition(pid, null));
      if (!keys.isEmpty()) {
        secrets.put(pid, keys);
      }
    }
    return secrets;
  }

  private static List<String> secretKeys(ObjectClassDefinition definition) {
    return Stream.of(definition.getAttributeDefinitions(ObjectClassDefinition.ALL))
        .filter(attribute -> attribute.getType() == AttributeDefinition.PASSWORD)
        .map(AttributeDefinition::getID)
        .toList();
  }
}
