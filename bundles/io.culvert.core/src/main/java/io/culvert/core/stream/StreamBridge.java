// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.TunnelMode;
import io.culvert.config.LastGood;
import io.culvert.config.SecretValues;
import io.culvert.config.StatusSink;
import io.culvert.core.cipher.CipherWarmUp;
import io.culvert.core.config.EngineSettings;
import io.culvert.core.config.StreamBridgeOcd;
import io.culvert.core.config.StreamSettings;
import io.culvert.core.net.HostResolver;
import io.culvert.core.net.Transport;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.PlatformDependent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * Moves bytes between local sockets and tunnels: owns the event loops, the limits and the settings,
 * and makes the streams of each tunnel. Safe for all threads.
 */
@Component(
    name = StreamBridgeOcd.PID,
    service = StreamBridge.class,
    immediate = true,
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = StreamBridgeOcd.class)
public final class StreamBridge {
  private static final Logger LOG = LoggerFactory.getLogger(StreamBridge.class);
  private static final int BLOCKING_THREADS = 4;

  /** The settings that it was started with. */
  private final EngineSettings engine;

  private final Transport transport;
  private final ThreadPoolExecutor blocking;
  private final HostResolver resolver;
  private final SharedBudget shared;
  private final LastGood<StreamSettings> settings;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /**
   * Starts with a configuration.
   *
   * @param secrets reads configurations.
   * @param sink is told what becomes of them.
   * @param properties what is configured, as {@link StreamBridgeOcd} says.
   */
  @Activate
  public StreamBridge(
      @Reference SecretValues secrets, @Reference StatusSink sink, Map<String, Object> properties) {
    settings = new LastGood<>(StreamSettings.SCHEMA, secrets, sink, properties);
    engine = settings.get().engine();
    int loops = engine.eventLoops();
    transport =
        new Transport(
            loops == 0 ? Math.min(2, Runtime.getRuntime().availableProcessors()) : loops,
            engine.nativeTransport());
    long total = engine.totalBudget();
    shared = new SharedBudget(total == 0 ? PlatformDependent.maxDirectMemory() / 4 : total);
    blocking =
        new ThreadPoolExecutor(
            BLOCKING_THREADS,
            BLOCKING_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1024),
            new DefaultThreadFactory("culvert-blocking", true));
    blocking.allowCoreThreadTimeOut(true);
    resolver = new HostResolver(blocking);
    LOG.info("Stream bridge ready ({})", transport.isEpoll() ? "epoll" : "nio");
  }

  @Modified
  void modified(Map<String, Object> properties) {
    if (settings.update(properties)) {
      boolean restart = !settings.get().engine().equals(engine);
      LOG.info("Stream bridge settings changed{}", restart ? ", some for the next start" : "");
      listeners.forEach(Runnable::run);
    }
  }

  @Deactivate
  void deactivate() {
    settings.end();
    blocking.shutdownNow();
    if (!transport.close().awaitUninterruptibly(5, TimeUnit.SECONDS)) {
      LOG.warn("Event loops are still ending");
    }
  }

  /**
   * Adds a listener.
   *
   * @param changed runs after each change of the settings, when all streams read them already, on
   *     the thread that brought the change; see {@link TunnelStreams#follow}.
   */
  public void addListener(Runnable changed) {
    listeners.add(changed);
  }

  /**
   * Removes a listener; a call that is under way may still come.
   *
   * @param changed the listener.
   */
  public void removeListener(Runnable changed) {
    listeners.remove(changed);
  }

  /**
   * Makes the streams of a tunnel.
   *
   * @param name the tunnel's name.
   * @param mode which end this process is.
   * @param loop the event loop that the tunnel lives on, one of {@link Transport#nextLoop()}.
   * @param mappings endpoints or listen addresses by service id.
   * @param version the version to speak, null to find out.
   * @param listener hears what the streams need of the tunnel.
   * @return the streams, owned by the tunnel.
   */
  public TunnelStreams streams(
      String name,
      TunnelMode mode,
      EventLoop loop,
      ServiceMappings mappings,
      @Nullable ProtocolVersion version,
      StreamsListener listener) {
    CipherWarmUp.once(blocking);
    StreamContext context =
        new StreamContext(name, loop, transport, resolver, settings::get, shared);
    Dialect forced = version == null ? null : Dialect.of(version);
    return mode == TunnelMode.SOURCE
        ? new SourceStreams(context, listener, mappings, forced)
        : new DestinationStreams(context, listener, mappings, forced);
  }

  /**
   * Returns the event loops and channels.
   *
   * @return the transport, which ends with this component.
   */
  public Transport transport() {
    return transport;
  }

  /**
   * Returns what looks names up.
   *
   * @return the resolver.
   */
  public HostResolver resolver() {
    return resolver;
  }

  /**
   * Returns where work may block for a moment, such as reading a file.
   *
   * @return the executor, which ends with this component.
   */
  public Executor blocking() {
    return blocking;
  }
}
