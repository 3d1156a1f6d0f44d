// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/**
 * Service properties can be read by every bundle, and Declarative Services copies a component's
 * configuration there: every attribute that the metatype calls a password is set and looked for.
 */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class SecretsTest {
  private static final String MARK = "not-to-be-seen";

  @InjectBundleContext BundleContext context;
  @InjectService ConfigurationAdmin configurations;
  @InjectService MetaTypeService metaTypes;
  @InjectService ServiceComponentRuntime components;

  private final List<Configuration> made = new ArrayList<>();

  @AfterEach
  void deleteConfigurations() throws IOException {
    for (Configuration configuration : made) {
      configuration.delete();
    }
  }

  @Test
  void noServicePropertyHoldsSecret() throws IOException, BundleException, InvalidSyntaxException {
    Bundle core = CoreBundle.in(context);
    MetaTypeInformation information = metaTypes.getMetaTypeInformation(core);
    Map<String, List<String>> secrets = Metatypes.secrets(information);
    List<String> factories = List.of(information.getFactoryPids());

    // A component reads its configuration while its bundle starts; later changes come at any time.
    core.stop();
    for (Map.Entry<String, List<String>> entry : secrets.entrySet()) {
      String pid = entry.getKey();
      configure(
          factories.contains(pid)
              ? configurations.createFactoryConfiguration(pid, "?")
              : configurations.getConfiguration(pid, "?"),
          entry.getValue());
    }
    core.start();

    assertThat(secrets.keySet())
        .allSatisfy(pid -> assertThat(properties(core, pid)).anyMatch(this::marked));
    assertThat(context.getAllServiceReferences(null, null))
        .allSatisfy(
            service -> assertThat(values(service)).as("%s", service).noneMatch(this::marked));
  }

  /** The same with values that are good, so that tunnels open with them; and at run time. */
  @Test
  void noServicePropertyHoldsSecretInUse() throws Exception {
    String clientToken = MARK + "-0123456789-0123456789-0123";
    assertThat(everyValue()).noneMatch(this::marked);
    try (MuteService webProxy = new MuteService();
        Configurations good = new Configurations(configurations)) {
      good.singleton(
          "io.culvert.TunnelManager",
          Map.of("web.proxy", "http://user:" + MARK + "@" + webProxy.endpoint()));
      Bundle core = CoreBundle.in(context);
      Eventually.holds(
          () -> assertThat(properties(core, "io.culvert.TunnelManager")).anyMatch(this::marked));
      good.instance(
          "io.culvert.Tunnel",
          Map.of("access.token", MARK, "client.token", clientToken, "endpoint", "tunnel.example"));
      webProxy.accept().close();

      assertThat(everyValue()).isNotEmpty().noneMatch(this::marked);
    }
  }

  private List<Object> everyValue() throws InvalidSyntaxException {
    return Stream.of(context.getAllServiceReferences(null, null)).flatMap(this::values).toList();
  }

  private void configure(Configuration configuration, List<String> keys) throws IOException {
    made.add(configuration);
    Hashtable<String, Object> properties = new Hashtable<>();
    keys.forEach(key -> properties.put(key, MARK));
    configuration.update(properties);
  }

  private Stream<Object> properties(Bundle core, String pid) {
    return components
        .getComponentConfigurationDTOs(components.getComponentDescriptionDTO(core, pid))
        .stream()
        .flatMap(configuration -> configuration.properties.values().stream());
  }

  private Stream<Object> values(ServiceReference<?> service) {
    return Stream.of(service.getPropertyKeys()).map(service::getProperty);
  }

  private boolean marked(Object value) {
    return (value instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(value))
        .contains(MARK);
  }
}
