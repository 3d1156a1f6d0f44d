// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/**
 * The core bundle's components, asked from Declarative Services itself: a component that fails to
 * activate leaves nothing but a log line behind.
 */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class ComponentsTest {
  @InjectBundleContext BundleContext context;
  @InjectService ServiceComponentRuntime components;
  @InjectService MetaTypeService metaTypes;

  @Test
  void everyComponentThatNeedsNoConfigurationIsThere() {
    List<ComponentDescriptionDTO> singletons =
        components.getComponentDescriptionDTOs(CoreBundle.in(context)).stream()
            .filter(component -> !component.configurationPolicy.equals("require"))
            .toList();
    assertThat(singletons)
        .allSatisfy(
            component ->
                assertThat(components.getComponentConfigurationDTOs(component))
                    .as(component.name)
                    .isNotEmpty()
                    .allMatch(this::isSatisfied));
  }

  @Test
  void everyObjectClassIsNamedLikeItsPid() {
    assertThat(Metatypes.pids(information()))
        .allSatisfy(pid -> assertThat(definition(pid).getID()).isEqualTo(pid));
  }

  @Test
  void everyAttributeHasNameAndDescription() {
    assertThat(Metatypes.pids(information()).stream().flatMap(this::attributes))
        .allSatisfy(
            attribute -> {
              assertThat(attribute.getName()).as(attribute.getID()).isNotBlank();
              assertThat(attribute.getDescription()).as(attribute.getID()).isNotBlank();
            });
  }

  private boolean isSatisfied(ComponentConfigurationDTO configuration) {
    return configuration.state == ComponentConfigurationDTO.ACTIVE
        || configuration.state == ComponentConfigurationDTO.SATISFIED;
  }

  private MetaTypeInformation information() {
    return metaTypes.getMetaTypeInformation(CoreBundle.in(context));
  }

  private ObjectClassDefinition definition(String pid) {
    return information().getObjectClassDefinition(pid, null);
  }

  private Stream<AttributeDefinition> attributes(String pid) {
    return Stream.of(definition(pid).getAttributeDefinitions(ObjectClassDefinition.ALL));
  }
}
