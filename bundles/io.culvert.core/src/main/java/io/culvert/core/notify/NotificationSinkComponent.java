// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.ErrorCode;
import io.culvert.api.NotificationDecision;
import io.culvert.api.NotificationSink;
import io.culvert.api.NotificationStatus;
import io.culvert.api.SecretCipher;
import io.culvert.config.LastGood;
import io.culvert.config.Printable;
import io.culvert.config.SecretValues;
import io.culvert.config.StatusSink;
import io.culvert.core.config.NotificationSettings;
import io.culvert.core.config.NotificationSinkOcd;
import io.culvert.core.stream.StreamBridge;
import io.culvert.core.tunnel.StateFolder;
import io.culvert.core.tunnel.TunnelOpener;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows tunnel notifications, whoever delivers them. Its configuration holds no secret, so it is
 * a service like any other. Safe for all threads.
 */
@Component(
    name = NotificationSinkOcd.PID,
    service = NotificationSink.class,
    immediate = true,
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = NotificationSinkOcd.class)
public final class NotificationSinkComponent implements NotificationSink {
  private static final Logger LOG = LoggerFactory.getLogger(NotificationSinkComponent.class);
  private static final int MAX_SOURCE = 64;

  private final NotificationReader reader = new NotificationReader();
  private final LastGood<NotificationSettings> settings;
  private final Decisions decisions;
  private final NotifiedTunnels tunnels;
  private final Keeper keeper;
  private final Runnable unfollow;

  /**
   * Starts with a configuration.
   *
   * @param bridge has the threads for what may wait.
   * @param opener opens tunnels.
   * @param folder tells when there is a place to keep them.
   * @param secrets reads configurations.
   * @param sink is told what becomes of them.
   * @param properties what is configured, as {@link NotificationSinkOcd} says.
   */
  @Activate
  public NotificationSinkComponent(
      @Reference StreamBridge bridge,
      @Reference TunnelOpener opener,
      @Reference StateFolder folder,
      @Reference SecretValues secrets,
      @Reference StatusSink sink,
      Map<String, Object> properties) {
    this(new BridgeWorker(bridge), opener, folder, secrets, sink, properties);
  }

  /** Starts with a worker, as the other one does. */
  NotificationSinkComponent(
      Worker worker,
      TunnelOpener opener,
      StateFolder folder,
      SecretValues secrets,
      StatusSink sink,
      Map<String, Object> properties) {
    this.settings = new LastGood<>(NotificationSettings.SCHEMA, secrets, sink, properties);
    this.decisions = new Decisions(worker);
    this.tunnels = new NotifiedTunnels(opener, settings::get, worker, this::changed);
    this.keeper = new Keeper(opener::stateFolder, tunnels, worker);
    Runnable placed = keeper::placed;
    folder.follow(placed);
    this.unfollow = () -> folder.unfollow(placed);
  }

  private void changed() {
    keeper.changed();
  }

  @Modified
  void modified(Map<String, Object> properties) {
    if (settings.update(properties)) {
      LOG.info("Notification settings changed");
      tunnels.follow();
    }
  }

  @Deactivate
  void deactivate() {
    unfollow.run();
    tunnels.stop();
    settings.end();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setCipher(SecretCipher cipher) {
    keeper.cipher(cipher);
  }

  void unsetCipher(SecretCipher gone) {
    keeper.noCipher(gone);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setListener(NotificationListener listener) {
    decisions.listener(listener);
  }

  void unsetListener(NotificationListener gone) {
    if (decisions.listener() == gone) {
      decisions.listener(null);
    }
  }

  @Override
  public NotificationDecision take(String source, byte[] payload) {
    String from = new Printable().clean(source, MAX_SOURCE);
    try {
      if (!settings.get().enabled()) {
        throw new RefusedException(NotificationDecision.DISABLED, "");
      }
      Notification notification = reader.read(payload);
      String name = tunnels.open(notification);
      decisions.take(NotificationDecision.OPENED, from, Policy.describe(notification), name);
      return NotificationDecision.OPENED;
    } catch (RefusedException e) {
      decisions.take(e.decision(), from, e.reason(), null);
      return e.decision();
    } catch (RuntimeException e) {
      // Its message may quote the notification, and who delivers it is to go on.
      LOG.error("{}: {} with a notification", ErrorCode.INTERNAL, e.getClass().getName());
      decisions.take(NotificationDecision.NOT_OPENED, from, "an error in the program", null);
      return NotificationDecision.NOT_OPENED;
    }
  }

  @Override
  public NotificationStatus status() {
    return decisions.status(tunnels.all().stream().map(NotifiedTunnel::name).toList());
  }
}
