// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.ErrorCode;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.core.config.TunnelConfig;
import io.culvert.core.config.TunnelOcd;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
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
 * A tunnel that is configured: open while its configuration is there and enabled. If it could not
 * be opened, or has failed for a reason that lies in the configuration, it is opened anew when
 * settings or mappings change. It holds tokens, so it offers no service whose properties would show
 * them. Safe for all threads; the lock is never taken on an event loop.
 */
@Component(
    name = TunnelOcd.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TunnelOcd.class, factory = true)
public final class ConfiguredTunnel {
  /** What a change of settings or mappings may mend. A refused token stays refused. */
  private static final Set<ErrorCode> MENDABLE =
      EnumSet.of(
          ErrorCode.CONFIGURATION,
          ErrorCode.SERVICES,
          ErrorCode.PROXY_CREDENTIALS,
          ErrorCode.TLS_TRUST,
          ErrorCode.LISTEN,
          ErrorCode.RETRIES);

  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredTunnel.class);

  private final TunnelHost host;
  private final Runnable changed = this::changed;
  private final Object lock = new Object();
  private @Nullable TunnelSpec refused;
  private @Nullable Opened opened;

  /**
   * Opens the tunnel.
   *
   * @param host opens tunnels.
   * @param properties what is configured, as {@link TunnelOcd} says.
   */
  @Activate
  public ConfiguredTunnel(@Reference TunnelHost host, Map<String, Object> properties) {
    this.host = host;
    host.follow(changed);
    apply(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    apply(properties);
  }

  @Deactivate
  void deactivate() {
    host.unfollow(changed);
    synchronized (lock) {
      close();
    }
  }

  private void apply(Map<String, Object> properties) {
    String name = String.valueOf(properties.get(Constants.SERVICE_PID));
    synchronized (lock) {
      refused = null;
      try {
        TunnelSpec wanted = TunnelConfig.SCHEMA.parse(properties).spec(name);
        if (wanted == null) {
          close();
        } else if (opened == null || !wanted.equals(opened.spec)) {
          open(wanted);
        }
      } catch (IllegalArgumentException e) {
        warn(name, e);
      }
    }
  }

  /** Opens a tunnel in place of the one that is open, which stays if the new one is refused. */
  private void open(TunnelSpec wanted) {
    Opened next = new Opened(wanted);
    refused = wanted;
    next.tunnel = host.replace(opened == null ? null : opened.tunnel, wanted, next::changed);
    opened = next;
    refused = null;
  }

  private void close() {
    refused = null;
    if (opened != null && opened.tunnel != null) {
      opened.tunnel.close();
    }
    opened = null;
  }

  private void changed() {
    synchronized (lock) {
      if (refused != null) {
        again(refused, "was refused");
      } else if (opened != null) {
        mend(opened);
      }
    }
  }

  private void mend(Opened now) {
    TunnelFailure failure = now.failure;
    if (failure != null && MENDABLE.contains(failure.code())) {
      again(now.spec, "failed with " + failure.code());
    }
  }

  private void again(TunnelSpec spec, String before) {
    LOG.info("{}: {}; the configuration has changed, so it is tried again", spec.name(), before);
    try {
      open(spec);
    } catch (IllegalArgumentException e) {
      warn(spec.name(), e);
    } catch (IllegalStateException e) {
      LOG.debug("{}: not tried again: {}", spec.name(), e.getMessage());
    }
  }

  private void warn(String name, IllegalArgumentException why) {
    LOG.warn(
        "{} Tunnel {} {}: {}",
        ErrorCode.CONFIGURATION,
        name,
        opened == null ? "is not open" : "stays",
        why.getMessage());
  }

  /** A tunnel that was opened, and why it failed if it has. */
  private static final class Opened {
    private final TunnelSpec spec;
    private @Nullable Tunnel tunnel;
    private volatile @Nullable TunnelFailure failure;

    private Opened(TunnelSpec spec) {
      this.spec = spec;
    }

    /** Called on the tunnel's event loop. */
    private void changed(TunnelStatus status) {
      if (status.state() == TunnelState.FAILED) {
        failure = status.failure();
      }
    }
  }
}
