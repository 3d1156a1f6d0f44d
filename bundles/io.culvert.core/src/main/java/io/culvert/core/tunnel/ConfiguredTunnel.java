// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ErrorCode;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelStatus;
import io.culvert.config.ConfigurationException;
import io.culvert.config.ConfigurationProperties;
import io.culvert.config.Outcome.Instead;
import io.culvert.config.Reading;
import io.culvert.config.SecretValues;
import io.culvert.config.StatusSink;
import io.culvert.core.config.TunnelConfig;
import io.culvert.core.config.TunnelOcd;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
 * A tunnel that is configured: open while its configuration is there and enabled. If it could not
 * be opened, it is listed with the reason. Then, or if it has failed, it is opened anew when
 * settings or mappings change that may mend that. It holds tokens, so it offers no service whose
 * properties would show them. Safe for all threads; the lock is never taken on an event loop.
 */
@Component(
    name = TunnelOcd.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TunnelOcd.class, factory = true)
public final class ConfiguredTunnel {
  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredTunnel.class);

  private final TunnelHost host;
  private final SecretValues secrets;
  private final StatusSink sink;
  private final String pid;
  private final PidRegistration registration;
  private final TunnelHost.Follower follower = new Following();
  private final Runnable decoder = this::decoderCame;
  private final Object lock = new Object();
  private Map<String, Object> properties;
  private List<ConfigurationProblem> warnings = List.of();
  private @Nullable Tunnel listed;
  private @Nullable Opened opened;
  private @Nullable Refusal refusal;
  private boolean ended;

  /**
   * Opens the tunnel.
   *
   * @param context registers it by its pids, for Kura to see.
   * @param host opens tunnels.
   * @param secrets makes tokens readable.
   * @param sink is told what becomes of the configuration.
   * @param properties what is configured, as {@link TunnelOcd} says.
   */
  @Activate
  public ConfiguredTunnel(
      BundleContext context,
      @Reference TunnelHost host,
      @Reference SecretValues secrets,
      @Reference StatusSink sink,
      Map<String, Object> properties) {
    this.host = host;
    this.secrets = secrets;
    this.sink = sink;
    this.properties = properties;
    this.pid = ConfigurationProperties.pid(properties, TunnelOcd.PID);
    host.follow(follower);
    secrets.follow(decoder);
    apply(properties);
    registration = new PidRegistration(context, List.of(ConfiguredTunnel.class), this, properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    apply(properties);
    registration.follow(properties);
  }

  @Deactivate
  void deactivate() {
    registration.unregister();
    host.unfollow(follower);
    secrets.unfollow(decoder);
    synchronized (lock) {
      ended = true;
      close();
    }
    sink.remove(pid);
  }

  private void decoderCame() {
    synchronized (lock) {
      apply(properties);
    }
  }

  private void apply(Map<String, Object> configured) {
    synchronized (lock) {
      if (ended) {
        // Whoever called had begun before it was unfollowed.
        return;
      }
      boolean another = !ConfigurationProperties.same(properties, configured);
      properties = configured;
      Reading<TunnelConfig> reading = secrets.read(TunnelConfig.SCHEMA, configured);
      warnings = reading.warnings();
      TunnelConfig config = reading.settings();
      if (config == null) {
        String name = TunnelConfig.name(configured, pid);
        refuse(new Refusal(null, name, TunnelConfig.mode(configured), reading), another);
        return;
      }
      TunnelSpec wanted = config.spec(pid);
      if (wanted == null) {
        close();
        tell(reading, another);
      } else if (opened == null || !wanted.equals(opened.spec())) {
        open(wanted, another);
      } else {
        refusal = null;
        tell(reading, another);
      }
    }
  }

  /** Opens a tunnel in place of what is listed, or changes it; tells whether the host lets it. */
  private boolean open(TunnelSpec wanted, boolean another) {
    try {
      if (listed != null && opened != null && host.remap(listed, wanted, follower)) {
        opened.remapped(wanted);
      } else if (host.waits(wanted)) {
        refuse(Refusal.waiting(wanted, warnings), another);
        return false;
      } else {
        Opened next = new Opened(wanted);
        listed = host.replace(listed, wanted, next);
        opened = next;
      }
    } catch (ConfigurationException e) {
      refuse(Refusal.byHost(wanted, e.problems(), warnings), another);
      return false;
    }
    refusal = null;
    tell(Reading.accepted(wanted, warnings), another);
    return true;
  }

  /** Notes why a configuration cannot be used. The tunnel that is open goes on. */
  private void refuse(Refusal now, boolean another) {
    if (!now.equals(refusal)) {
      refusal = now;
      if (opened == null) {
        show(now);
      }
    }
    // Whoever hears of it may look for it in the list.
    tell(now.why(), another);
  }

  private void tell(Reading<?> reading, boolean another) {
    Instead instead = opened == null ? Instead.NOTHING : Instead.LAST_GOOD;
    sink.put(reading.outcome(pid, instead), another);
  }

  /**
   * Lists the tunnel that is not open, under the PID if another one has its name, in place of what
   * was listed before.
   */
  private void show(Refusal refused) {
    for (String name : List.of(refused.name(), pid)) {
      try {
        listed = host.reserve(listed, name, refused.mode(), refused.state(), refused.failure());
        return;
      } catch (ConfigurationException e) {
        LOG.debug("{} is not listed: {}", pid, e.getMessage());
      }
    }
    unlist();
  }

  private void close() {
    unlist();
    opened = null;
    refusal = null;
  }

  private void unlist() {
    if (listed != null) {
      listed.close();
    }
    listed = null;
  }

  private void changed(Set<ErrorCode> mended) {
    synchronized (lock) {
      if (refusal != null && refusal.spec() != null) {
        again(refusal.spec(), "was refused");
      } else if (opened != null) {
        mend(opened, mended);
      }
    }
  }

  /**
   * A tunnel that goes on only because its new name is taken makes way for the one that is
   * configured by its old name: or two that swap names would wait for each other.
   */
  private void wanted(String name) {
    synchronized (lock) {
      if (opened == null
          || refusal == null
          || !refusal.isForName()
          || refusal.name().equals(name)
          || !opened.spec().name().equals(name)) {
        return;
      }
      LOG.info("{}: makes way for the tunnel that is configured by this name", name);
      opened = null;
      try {
        show(refusal);
      } catch (IllegalStateException e) {
        LOG.debug("{}: nothing to make way for: {}", name, e.getMessage());
      }
    }
  }

  private void mend(Opened now, Set<ErrorCode> mended) {
    TunnelStatus failed = now.failed();
    TunnelFailure failure = failed == null ? null : failed.failure();
    if (failure != null
        && (mended.contains(failure.code()) || isElsewhere(now.spec(), failed.endpoint()))) {
      again(now.spec(), "failed with " + failure.code());
    }
  }

  /** Another service may take what one has refused. */
  private boolean isElsewhere(TunnelSpec spec, String before) {
    String endpoint = host.endpoint(spec);
    return !endpoint.isEmpty() && !endpoint.equals(before);
  }

  private void again(TunnelSpec spec, String before) {
    try {
      if (open(spec, false)) {
        LOG.info(
            "{}: {}; the configuration has changed, so it is tried again", spec.name(), before);
      }
    } catch (IllegalStateException e) {
      LOG.debug("{}: not tried again: {}", spec.name(), e.getMessage());
    }
  }

  private final class Following implements TunnelHost.Follower {
    @Override
    public void changed(Set<ErrorCode> mended) {
      ConfiguredTunnel.this.changed(mended);
    }

    @Override
    public void wanted(String name) {
      ConfiguredTunnel.this.wanted(name);
    }
  }
}
