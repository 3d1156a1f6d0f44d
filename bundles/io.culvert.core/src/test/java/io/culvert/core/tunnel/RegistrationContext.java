// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A bundle context that has no properties and takes a service. For one thread. */
final class RegistrationContext {
  /** What was done to the registration of the service. */
  final List<String> events = new ArrayList<>();

  private @Nullable TunnelHost host;

  /** Returns the service, which must have been registered. */
  TunnelHost host() {
    return Objects.requireNonNull(host);
  }

  /** Returns the context. */
  BundleContext context() {
    return proxy(
        BundleContext.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("getProperty")) {
            return null;
          }
          if (arguments[1] instanceof TunnelHost) {
            host = (TunnelHost) arguments[1];
          }
          List<?> keys = Collections.list(((Dictionary<?, ?>) arguments[2]).keys());
          events.add("register " + new TreeSet<>(keys));
          return registration();
        });
  }

  private ServiceRegistration<?> registration() {
    return proxy(
        ServiceRegistration.class,
        (proxy, method, arguments) -> {
          events.add(method.getName());
          return null;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler calls) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
  }
}
