// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import java.util.List;
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

  /** Returns the keys of a PID's attributes whose values must not be seen. */
  static List<String> secretKeys(MetaTypeInformation information, String pid) {
    ObjectClassDefinition definition = information.getObjectClassDefinition(pid, null);
    return Stream.of(definition.getAttributeDefinitions(ObjectClassDefinition.ALL))
        .filter(attribute -> attribute.getType() == AttributeDefinition.PASSWORD)
        .map(AttributeDefinition::getID)
        .toList();
  }
}
