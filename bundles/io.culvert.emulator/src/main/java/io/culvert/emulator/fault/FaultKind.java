// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.fault;

import io.culvert.emulator.Faults;
import io.culvert.emulator.shape.Outlet;
import io.culvert.emulator.shape.Reframing;
import io.culvert.wire.MessageType;
import io.culvert.wire.TunnelMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What can be made to go wrong from outside, and what each needs to be told. */
public enum FaultKind {
  /** {@link Faults#cut}. */
  CUT(true, values -> Faults::cut),
  /** {@link Faults#reset}. */
  RESET(true, values -> Faults::reset),
  /** {@link Faults#close}. */
  CLOSE(true, FaultKind::close),
  /** {@link Faults#stall}. */
  STALL(true, values -> Faults::stall),
  /** {@link Faults#resume}. */
  RESUME(true, values -> Faults::resume),
  /** {@link Faults#loseSilently}. */
  LOSE(true, values -> Faults::loseSilently),
  /** {@link Faults#inject}. */
  INJECT(true, FaultKind::inject),
  /** {@link Faults#failHandshakes(int, int)}. */
  HANDSHAKES(false, FaultKind::handshakes),
  /** {@link Faults#reframe}. */
  REFRAME(false, FaultKind::reframe),
  /** {@link Faults#rate}. */
  RATE(false, FaultKind::rate),
  /** {@link Faults#delay}. */
  DELAY(false, FaultKind::delay),
  /** {@link Faults#queueSize}. */
  QUEUE(false, FaultKind::queue),
  /** {@link Faults#ignorePings}. */
  PINGS(false, FaultKind::pings),
  /** Ends all of the above that lasts. */
  CLEAR(false, values -> FaultKind::clear);

  /** Messages that make sense without having seen the ones before. */
  public static final List<MessageType> INJECTED =
      List.of(MessageType.SESSION_RESET, MessageType.STREAM_RESET, MessageType.CONNECTION_RESET);

  static final String CODE = "code";
  static final String REASON = "reason";
  static final String STATUS = "status";
  static final String COUNT = "count";
  static final String MODE = "mode";
  static final String SEED = "seed";
  static final String BYTES_PER_SECOND = "bytesPerSecond";
  static final String MILLIS = "millis";
  static final String BYTES = "bytes";
  static final String MESSAGE = "message";
  static final String SERVICE = "service";
  static final String STREAM = "stream";
  static final String CONNECTION = "connection";
  static final String ANSWER = "answer";

  private static final int MAX_REASON = 123;
  private static final int MAX_COUNT = 1_000_000;
  private static final long MAX_RATE = 1L << 40;
  private static final long MAX_MILLIS = 3_600_000;
  private static final int MAX_QUEUE = 1 << 30;
  private static final long MAX_ID = 0xffff_ffffL;

  private final boolean needsClient;
  private final Function<Parameters, Consumer<Faults>> binding;

  FaultKind(boolean needsClient, Function<Parameters, Consumer<Faults>> binding) {
    this.needsClient = needsClient;
    this.binding = binding;
  }

  /** Returns the name in requests and on the command line. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds a kind by its name in requests. */
  static Optional<FaultKind> ofWireName(String name) {
    return Arrays.stream(values()).filter(kind -> kind.wireName().equals(name)).findFirst();
  }

  /** Tells whether it does nothing without a connected client. */
  boolean needsClient() {
    return needsClient;
  }

  /**
   * Checks values and returns what to do with an end.
   *
   * @throws IllegalArgumentException if a value is missing or not allowed.
   */
  Consumer<Faults> bind(Parameters values) {
    return binding.apply(values);
  }

  private static Consumer<Faults> close(Parameters values) {
    int code = values.integer(CODE, 1000, 4999);
    boolean reserved = code >= 1004 && code <= 1006 || code > 1014 && code < 3000;
    if (reserved) {
      throw new IllegalArgumentException(
          CODE + " '" + code + "': must be 1000 to 1003, 1007 to 1014 or 3000 to 4999");
    }
    String reason = values.text(REASON).orElse("");
    if (reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON) {
      throw new IllegalArgumentException(
          REASON + ": must not be longer than " + MAX_REASON + " bytes");
    }
    return faults -> faults.close(code, reason);
  }

  private static Consumer<Faults> handshakes(Parameters values) {
    int status = values.integer(STATUS, 0, 599);
    if (status > 0 && status < 300) {
      throw new IllegalArgumentException(STATUS + " '" + status + "': must be 0 or 300 to 599");
    }
    int count = values.integer(COUNT, 0, MAX_COUNT);
    return faults -> faults.failHandshakes(status, count);
  }

  private static Consumer<Faults> reframe(Parameters values) {
    Reframing mode = oneOf(MODE, values, List.of(Reframing.values()));
    long seed = values.number(SEED, 0, Long.MAX_VALUE, 0);
    return faults -> faults.reframe(mode, seed);
  }

  private static Consumer<Faults> rate(Parameters values) {
    long rate = values.number(BYTES_PER_SECOND, 0, MAX_RATE);
    return faults -> faults.rate(rate);
  }

  private static Consumer<Faults> delay(Parameters values) {
    Duration delay = Duration.ofMillis(values.number(MILLIS, 0, MAX_MILLIS));
    return faults -> faults.delay(delay);
  }

  private static Consumer<Faults> queue(Parameters values) {
    int bytes = values.integer(BYTES, 1, MAX_QUEUE);
    return faults -> faults.queueSize(bytes);
  }

  private static Consumer<Faults> pings(Parameters values) {
    boolean ignored = oneOf(ANSWER, values, List.of("on", "off")).equals("off");
    return faults -> faults.ignorePings(ignored);
  }

  private static Consumer<Faults> inject(Parameters values) {
    MessageType type = oneOf(MESSAGE, values, INJECTED);
    String service = values.text(SERVICE).orElse("");
    int stream = (int) values.number(STREAM, 0, Integer.MAX_VALUE, 0);
    int connection = (int) values.number(CONNECTION, 0, MAX_ID, 0);
    return faults -> faults.inject(TunnelMessage.control(type, service, stream, connection));
  }

  private static void clear(Faults faults) {
    faults
        .failHandshakes(0, 0)
        .reframe(Reframing.NONE, 0)
        .rate(0)
        .delay(Duration.ZERO)
        .queueSize(Outlet.DEFAULT_QUEUE_SIZE)
        .ignorePings(false)
        .resumeIfConnected();
  }

  private static <T> T oneOf(String name, Parameters values, List<T> allowed) {
    String text = values.text(name).orElse("");
    return allowed.stream()
        .filter(value -> value.toString().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(name + " '" + text + "': must be one of " + allowed));
  }
}
