// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * An object whose type is in a bundle, which code outside the framework cannot name. Used by one
 * thread.
 */
record Foreign(Object object) {
  /** Calls a service, and keeps no hold of it; fails if there is none. */
  static Object call(BundleContext context, String type, String name, Object... arguments)
      throws Exception {
    // All: by a type that is on the class path, too, others would not be found.
    ServiceReference<?>[] services = context.getAllServiceReferences(type, null);
    if (services == null) {
      throw new AssertionError("there is no " + type);
    }
    ServiceReference<?> service = services[0];
    try {
      return new Foreign(context.getService(service)).call(name, arguments);
    } finally {
      context.ungetService(service);
    }
  }

  /** Calls a method by its name and the number of its arguments. */
  Object call(String name, Object... arguments) throws Exception {
    Method method =
        Arrays.stream(object.getClass().getMethods())
            .filter(each -> each.getName().equals(name))
            .filter(each -> each.getParameterCount() == arguments.length)
            .filter(each -> accepts(each, arguments))
            .findFirst()
            .orElseThrow(() -> new NoSuchMethodException(object.getClass() + " " + name));
    method.setAccessible(true);
    try {
      return method.invoke(object, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static boolean accepts(Method method, Object... arguments) {
    List<Class<?>> types = List.of(method.getParameterTypes());
    return IntStream.range(0, arguments.length)
        .allMatch(i -> types.get(i).isInstance(arguments[i]));
  }
}
