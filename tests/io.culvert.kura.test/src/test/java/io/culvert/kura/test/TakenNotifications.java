// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/** Takes notifications in place of core, and only writes them down. Safe for all threads. */
final class TakenNotifications {
  private static final String SINK = "io.culvert.api.NotificationSink";
  private static final String DECISION = "io.culvert.api.NotificationDecision";

  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final ServiceRegistration<?> registration;

  /** Begins to take them, before anybody else. */
  TakenNotifications(Gateway gateway) throws Exception {
    Bundle api = gateway.bundle("io.culvert.api");
    Class<?> sink = api.loadClass(SINK);
    Object decision = api.loadClass(DECISION).getEnumConstants()[0];
    Object proxy =
        Proxy.newProxyInstance(
            sink.getClassLoader(),
            new Class<?>[] {sink},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "take" -> {
                    taken.add(arguments[0] + " " + new String((byte[]) arguments[1], UTF_8));
                    yield decision;
                  }
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  case "toString" -> SINK;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
    registration =
        gateway
            .context()
            .registerService(
                SINK, proxy, new Hashtable<>(Map.of(Constants.SERVICE_RANKING, Integer.MAX_VALUE)));
  }

  /** Leaves them to others. */
  void end() {
    registration.unregister();
  }

  /** Returns who delivered, and what. */
  List<String> all() {
    return List.copyOf(taken);
  }
}
