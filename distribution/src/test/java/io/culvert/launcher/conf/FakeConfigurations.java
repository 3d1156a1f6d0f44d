// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A ConfigAdmin that notes what is done to it, and that can fail as with a full disk. */
final class FakeConfigurations {
  private final List<String> calls = new ArrayList<>();
  private boolean failing;

  /** Returns what was done, such as {@code put PID~NAME}. */
  List<String> calls() {
    return calls;
  }

  void fail(boolean fail) {
    failing = fail;
  }

  ConfigurationAdmin service() {
    return fake(
        ConfigurationAdmin.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getConfiguration" -> configuration((String) arguments[0]);
              case "getFactoryConfiguration" -> configuration(arguments[0] + "~" + arguments[1]);
              case "listConfigurations" -> null;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private Configuration configuration(String pid) {
    return fake(
        Configuration.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "updateIfDifferent" -> note("put " + pid);
              case "delete" -> {
                note("delete " + pid);
                yield null;
              }
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private boolean note(String call) throws IOException {
    if (failing) {
      throw new IOException("No space left on device");
    }
    return calls.add(call);
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
