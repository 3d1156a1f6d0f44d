// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.TunnelManager;
import io.culvert.config.LastGood;
import io.culvert.config.SecretValues;
import io.culvert.config.StatusSink;
import io.culvert.core.config.TunnelManagerOcd;
import io.culvert.core.config.TunnelSettings;
import io.culvert.core.stream.StreamBridge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configured set of tunnels. Its configuration may hold the password of a web proxy, and a
 * component's configuration becomes visible in its service's properties: so it registers its
 * service itself, with nothing but its pid. Safe for all threads.
 */
@Component(
    name = TunnelManagerOcd.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Capability(
    namespace = "osgi.service",
    attribute =
        "objectClass:List<String>=\"io.culvert.api.TunnelManager,"
            + "io.culvert.core.tunnel.TunnelOpener,io.culvert.core.tunnel.TunnelHost\"",
    effective = "active")
@Designate(ocd = TunnelManagerOcd.class)
public final class TunnelManagerComponent {
  private static final Logger LOG = LoggerFactory.getLogger(TunnelManagerComponent.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final SecretValues secrets;
  private final Tunnels tunnels;
  private final PidRegistration registration;
  private final LastGood<TunnelSettings> settings;
  private final Runnable decoder = this::decoderCame;

  /**
   * Starts with a configuration.
   *
   * @param context registers the service.
   * @param bridge moves the bytes.
   * @param mappings the mappings of tunnels that have none of their own.
   * @param state where client tokens are kept.
   * @param secrets makes the web proxy's password readable.
   * @param sink is told what becomes of configurations.
   * @param properties what is configured, as {@link TunnelManagerOcd} says.
   */
  @Activate
  public TunnelManagerComponent(
      BundleContext context,
      @Reference StreamBridge bridge,
      @Reference ServiceMappingConfig mappings,
      @Reference StateFolder state,
      @Reference SecretValues secrets,
      @Reference StatusSink sink,
      Map<String, Object> properties) {
    this.secrets = secrets;
    this.settings = new LastGood<>(TunnelSettings.SCHEMA, secrets, sink, properties);
    this.tunnels = new Tunnels(bridge, mappings, state, settings::get);
    secrets.follow(decoder);
    // A decoder may have come between the first reading and now.
    decoderCame();
    this.registration =
        new PidRegistration(
            context,
            List.of(TunnelManager.class, TunnelOpener.class, TunnelHost.class),
            tunnels,
            properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    follow(settings.update(properties));
    registration.follow(properties);
  }

  private void decoderCame() {
    follow(settings.again());
  }

  private void follow(boolean changed) {
    if (changed) {
      LOG.info("Tunnel manager settings changed");
    }
    if (tunnels.hold(settings::isWaiting) || changed) {
      tunnels.changed();
    }
  }

  @Deactivate
  void deactivate() {
    secrets.unfollow(decoder);
    registration.unregister();
    tunnels.stop(STOP_LIMIT);
    settings.end();
  }
}
