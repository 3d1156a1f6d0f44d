// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.play;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Tells of the forms of active bundles and of configurable components. Safe for all threads. */
@Component(
    name = "io.culvert.kura.test.play.Watch",
    service = {},
    immediate = true)
public final class Watch {
  private final BundleTracker<List<String>> bundles;
  private final ServiceTracker<ConfigurableComponent, String> components;

  /**
   * Begins with what is there.
   *
   * @param context sees bundles and services.
   * @param metaTypes knows the pids of a bundle.
   * @param keeper is told.
   */
  @Activate
  public Watch(
      BundleContext context,
      @Reference MetaTypeService metaTypes,
      @Reference ConfigurationKeeper keeper) {
    bundles = new BundleTracker<>(context, Bundle.ACTIVE, new Forms(metaTypes, keeper));
    components = new ServiceTracker<>(context, ConfigurableComponent.class, new Components(keeper));
    bundles.open();
    components.open();
  }

  @Deactivate
  void deactivate() {
    components.close();
    bundles.close();
  }

  private record Forms(MetaTypeService metaTypes, ConfigurationKeeper keeper)
      implements BundleTrackerCustomizer<List<String>> {
    @Override
    public List<String> addingBundle(Bundle bundle, @Nullable BundleEvent event) {
      MetaTypeInformation information = metaTypes.getMetaTypeInformation(bundle);
      if (information == null) {
        return List.of();
      }
      List<String> pids =
          Stream.of(information.getPids(), information.getFactoryPids())
              .flatMap(Stream::of)
              .toList();
      try {
        for (String pid : pids) {
          Form form = Form.read(bundle, pid);
          if (form != null) {
            keeper.formCame(pid, form);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return pids;
    }

    @Override
    public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, List<String> pids) {}

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, List<String> pids) {
      pids.forEach(keeper::formWent);
    }
  }

  /** A component is what its properties said when it came: Kura does not look at changes. */
  private record Components(ConfigurationKeeper keeper)
      implements ServiceTrackerCustomizer<ConfigurableComponent, String> {
    @Override
    public @Nullable String addingService(ServiceReference<ConfigurableComponent> service) {
      String component = text(service, ConfigurationKeeper.KURA_PID);
      String pid = text(service, Constants.SERVICE_PID);
      if (component == null || pid == null) {
        return null;
      }
      try {
        String factory = text(service, ConfigurationAdmin.SERVICE_FACTORYPID);
        keeper.componentCame(component, pid, factory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return component;
    }

    private static @Nullable String text(ServiceReference<?> service, String key) {
      Object value = service.getProperty(key);
      return value == null ? null : value.toString();
    }

    @Override
    public void modifiedService(
        ServiceReference<ConfigurableComponent> service, String component) {}

    @Override
    public void removedService(ServiceReference<ConfigurableComponent> service, String component) {
      keeper.componentWent(component);
    }
  }
}
