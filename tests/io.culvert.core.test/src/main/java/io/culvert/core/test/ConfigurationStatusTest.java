// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ConfigurationListener;
import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** What becomes of a configuration can be asked for, is told, and is an event. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class ConfigurationStatusTest {
  private static final String BRIDGE = "io.culvert.StreamBridge";

  @InjectBundleContext BundleContext context;
  @InjectService ConfigurationAdmin admin;
  @InjectService io.culvert.api.Configurations status;

  /** Declarative Services may miss a configuration that comes while another one is going. */
  @AfterEach
  void awaitDefaults() throws Exception {
    Eventually.holds(() -> assertThat(bridge().state()).isEqualTo(ConfigurationState.ACCEPTED));
  }

  @Test
  void aWrongConfigurationIsInTheStatusWithAllThatIsWrong() throws Exception {
    try (Configurations configurations = new Configurations(admin)) {
      configurations.singleton(BRIDGE, Map.of("backlog", 0, "max.payload", "x", "stall", 1));

      Eventually.holds(
          () -> {
            assertThat(bridge().state()).isEqualTo(ConfigurationState.REFUSED);
            assertThat(bridge().errors())
                .extracting(ConfigurationProblem::toString)
                .containsExactlyInAnyOrder(
                    "backlog '0': must be a whole number of 1 to 65535",
                    "max.payload 'x': must be a whole number of 512 to 64512 bytes, in digits only");
            assertThat(bridge().warnings()).extracting("key").containsExactly("stall");
          });
    }
  }

  private ConfigurationStatus bridge() {
    List<ConfigurationStatus> bridges =
        status.current().stream().filter(it -> it.pid().equals(BRIDGE)).toList();
    assertThat(bridges).hasSize(1);
    return bridges.get(0);
  }

  @Test
  void listenersHearWhatIsAndWhatChanges() throws Exception {
    List<ConfigurationState> heard = new CopyOnWriteArrayList<>();
    ConfigurationListener listener =
        told -> {
          if (told.pid().equals(BRIDGE)) {
            heard.add(told.state());
          }
        };
    ServiceRegistration<?> registration =
        context.registerService(ConfigurationListener.class, listener, null);
    try (Configurations configurations = new Configurations(admin)) {
      Configuration bridge = configurations.singleton(BRIDGE, Map.of("backlog", 0));
      Eventually.holds(
          () ->
              assertThat(heard)
                  .containsExactly(ConfigurationState.ACCEPTED, ConfigurationState.REFUSED));
      Configurations.update(bridge, Map.of("backlog", 1));
      Eventually.holds(() -> assertThat(heard).endsWith(ConfigurationState.ACCEPTED));
    } finally {
      registration.unregister();
    }
  }

  @Test
  void whatIsWrongIsAnEvent() throws Exception {
    List<Event> events = new CopyOnWriteArrayList<>();
    Hashtable<String, Object> topics = new Hashtable<>();
    topics.put(EventConstants.EVENT_TOPIC, "io/culvert/configuration/REFUSED");
    ServiceRegistration<?> registration =
        context.registerService(EventHandler.class, events::add, topics);
    try (Configurations configurations = new Configurations(admin)) {
      configurations.singleton(BRIDGE, Map.of("backlog", 0));

      Eventually.holds(
          () ->
              assertThat(events)
                  .anySatisfy(
                      event -> {
                        assertThat(event.getProperty("service.pid")).isEqualTo(BRIDGE);
                        assertThat((String[]) event.getProperty("errors"))
                            .containsExactly("backlog '0': must be a whole number of 1 to 65535");
                      }));
    } finally {
      registration.unregister();
    }
  }

  /** A form or a file may be checked before anybody saves it. */
  @Test
  void aCheckTellsNobody() {
    List<ConfigurationStatus> before = status.current();

    assertThat(status.check(BRIDGE, Map.of("backlog", 0)).state())
        .isEqualTo(ConfigurationState.REFUSED);

    assertThat(status.current()).isEqualTo(before);
  }
}
