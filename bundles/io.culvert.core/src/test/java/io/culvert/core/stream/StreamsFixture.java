// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelMode;
import io.culvert.config.SecretValues;
import io.culvert.core.config.Shares;
import io.culvert.core.status.ConfigurationReports;
import io.culvert.wire.MessageType;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The streams of one tunnel with a WebSocket that a test plays, and real local sockets. */
final class StreamsFixture implements AutoCloseable, StreamsListener {
  private static final long PATIENCE_SECONDS = 20;

  final EventLoop loop;
  final TunnelStreams streams;
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final AtomicInteger changes = new AtomicInteger();
  private final ServiceMappings mappings;
  private final StreamBridge bridge;
  private final PlayedUplink uplink = new PlayedUplink();

  StreamsFixture(
      TunnelMode mode,
      Map<String, String> mappings,
      @Nullable ProtocolVersion version,
      Map<String, Object> settings) {
    this(mode, new ServiceMappings(mappings, Map.of(), false, Shares.EQUAL), version, settings);
  }

  StreamsFixture(
      TunnelMode mode,
      ServiceMappings mappings,
      @Nullable ProtocolVersion version,
      Map<String, Object> settings) {
    this.mappings = mappings;
    bridge = new StreamBridge(new SecretValues(), new ConfigurationReports(), settings);
    loop = bridge.transport().nextLoop();
    streams = bridge.streams("test", mode, loop, mappings, version, this);
  }

  static StreamsFixture source(String... services) {
    return source(null, Map.of(), services);
  }

  static StreamsFixture source(
      @Nullable ProtocolVersion version, Map<String, Object> settings, String... services) {
    StreamsFixture fixture = new StreamsFixture(TunnelMode.SOURCE, Map.of(), version, settings);
    fixture.up(services);
    return fixture;
  }

  static StreamsFixture destination(
      Map<String, String> mappings, Map<String, Object> settings, String... services) {
    StreamsFixture fixture = new StreamsFixture(TunnelMode.DESTINATION, mappings, null, settings);
    fixture.up(services);
    return fixture;
  }

  /** Brings the WebSocket up and names the services. */
  void up(String... services) {
    upWithoutServices();
    receive(TunnelMessage.serviceIds(List.of(services)));
  }

  /** Brings the WebSocket up; the services are still to be named. */
  void upWithoutServices() {
    run(() -> streams.up(uplink, true));
  }

  /** Changes the common mappings. */
  void remap(Map<String, String> common) {
    run(() -> streams.follow(new ServiceMappings(mappings.own(), common, false, Shares.EQUAL)));
  }

  /** Changes the common mappings while open connections are kept. */
  void remapKeeping(Map<String, String> common) {
    run(() -> streams.follow(new ServiceMappings(mappings.own(), common, true, Shares.EQUAL)));
  }

  /** Changes the settings of the stream bridge. */
  void configure(Map<String, Object> settings) {
    bridge.modified(settings);
    run(() -> streams.follow(mappings));
  }

  void down() {
    run(streams::down);
  }

  void receive(TunnelMessage... messages) {
    run(
        () -> {
          for (TunnelMessage message : messages) {
            streams.receive(message);
          }
          streams.receiveComplete();
        });
  }

  void receiveControl(MessageType type, String service, int stream, int connection) {
    receive(TunnelMessage.control(type, service, stream, connection));
  }

  void receiveData(String service, int stream, int connection, String text) {
    ByteBuf payload = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    receive(TunnelMessage.data(service, stream, connection, payload));
  }

  void setWritable(boolean writable) {
    uplink.setWritable(writable);
    if (writable) {
      run(streams::writable);
    }
  }

  /** Returns the next message that went to the tunnel: type, service, stream, connection, text. */
  String nextSent() {
    return take(uplink.sent());
  }

  /** Returns the next message, and the stream id in it. */
  int nextStreamId(String prefix) {
    String message = nextSent();
    assertThat(message).startsWith(prefix);
    return Integer.parseInt(message.split(" ")[2]);
  }

  /** Returns whether there is a message that {@link #nextSent()} would return at once. */
  boolean hasSent() {
    return !uplink.sent().isEmpty();
  }

  void assertNothingSent() {
    settle();
    assertThat(hasSent()).as("messages: %s", uplink.sent()).isFalse();
  }

  String nextEvent() {
    return take(events);
  }

  ServiceStatus status(String service) {
    return call(streams::status).stream()
        .filter(status -> status.serviceId().equals(service))
        .findFirst()
        .orElseThrow();
  }

  /** Returns where a service is, empty if nowhere yet. */
  String address(String service) {
    String address = status(service).address();
    return address == null ? "" : address;
  }

  /** Returns the only connection of a service, for use on the event loop. */
  Connection connection(String service) {
    return streams.services().get(service).connections().get(0);
  }

  /** Waits for the listener of a service and connects a client to it. */
  TestSocket client(String service) throws Exception {
    await(() -> !address(service).isEmpty());
    String address = address(service);
    return TestSocket.connect(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
  }

  boolean isReading() {
    settle();
    return uplink.isReading();
  }

  void settle() {
    run(() -> {});
  }

  /**
   * Runs it on the event loop. What it calls of this fixture is part of the same step: the kernel
   * takes nothing more meanwhile, and no timer fires.
   */
  void run(Runnable task) {
    call(
        () -> {
          task.run();
          return null;
        });
  }

  <T> T call(Callable<T> task) {
    try {
      return loop.inEventLoop()
          ? task.call()
          : loop.submit(task).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("gave up waiting").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static String take(BlockingQueue<String> queue) {
    try {
      String next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("nothing came").isNotNull();
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    run(streams::close);
    assertThat(call(() -> streams.traffic().budget().held()))
        .as("bytes still accounted for")
        .isZero();
    bridge.deactivate();
  }

  @Override
  public void ready() {
    events.add("ready");
  }

  @Override
  public void failed(TunnelFailure failure) {
    events.add("failed " + failure);
  }

  @Override
  public void reconnect(String reason) {
    events.add("reconnect " + reason);
  }

  @Override
  public void changed() {
    // What has changed is in the status.
    changes.incrementAndGet();
  }
}
