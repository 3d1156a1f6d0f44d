// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.ErrorCode;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelManager;
import io.culvert.api.TunnelSpec;
import io.culvert.core.config.TunnelConfig;
import io.culvert.core.config.TunnelOcd;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
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
 * A tunnel that is configured: open while its configuration is there and enabled. It holds tokens,
 * so it offers no service whose properties would show them. Called by one thread at a time.
 */
@Component(
    name = "io.culvert.Tunnel",
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TunnelOcd.class, factory = true)
public final class ConfiguredTunnel {
  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredTunnel.class);

  private final TunnelManager manager;
  private @Nullable TunnelSpec spec;
  private @Nullable Tunnel tunnel;

  /**
   * Opens the tunnel.
   *
   * @param manager opens tunnels.
   * @param properties what is configured, as {@link TunnelOcd} says.
   */
  @Activate
  public ConfiguredTunnel(@Reference TunnelManager manager, Map<String, Object> properties) {
    this.manager = manager;
    apply(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    apply(properties);
  }

  @Deactivate
  void deactivate() {
    close();
  }

  private void apply(Map<String, Object> properties) {
    String name = String.valueOf(properties.get(Constants.SERVICE_PID));
    try {
      TunnelSpec wanted = TunnelConfig.parse(properties, name);
      if (!Objects.equals(wanted, spec)) {
        close();
        if (wanted != null) {
          tunnel = manager.open(wanted, TunnelListener.NONE);
          spec = wanted;
        }
      }
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "{} Tunnel {} {}: {}",
          ErrorCode.CONFIGURATION,
          name,
          spec == null ? "is not open" : "stays",
          e.getMessage());
    }
  }

  private void close() {
    spec = null;
    if (tunnel != null) {
      tunnel.close();
      tunnel = null;
    }
  }
}
