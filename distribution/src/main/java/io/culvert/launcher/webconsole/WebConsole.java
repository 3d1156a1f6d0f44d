// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.webconsole;

import io.culvert.api.ConfigurationStatus;
import io.culvert.launcher.conf.ConfJudge;
import io.culvert.launcher.framework.FrameworkHost;
import io.culvert.launcher.log.Log;
import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * The Felix Web Console beside a gateway, on loopback only. Its bundles know no password; they ask
 * a service that is registered here. For one thread.
 */
public final class WebConsole {
  private static final String ADDRESS = "127.0.0.1";
  private static final String GUARD = "io.culvert.webconsole";
  private static final String CONSOLE = "org.apache.felix.webconsole.internal.servlet.OsgiManager";
  private static final String FORMS =
      "org.apache.felix.webconsole.internal.configuration.ConfigManager";
  private static final String SERVER = "org.osgi.service.servlet.runtime.HttpServiceRuntime";

  private final int port;
  private final Login login;

  WebConsole(int port, Login login) {
    this.port = port;
    this.login = login;
  }

  /** Returns the properties of the framework that its bundles read. */
  public Map<String, String> properties() {
    return Map.of(
        "org.apache.felix.http.host",
        ADDRESS,
        "org.osgi.service.http.port",
        Integer.toString(port),
        "org.apache.felix.http.jetty.threadpool.max",
        "8",
        "org.apache.felix.http.jetty.acceptors",
        "1",
        "org.apache.felix.http.jetty.selectors",
        "1",
        // Until our guard is there the console is not, and its own admin/admin never counts.
        "felix.webconsole.security.providers",
        GUARD);
  }

  /**
   * Prepares it; to be called before the application is started.
   *
   * @param host the framework with its bundles.
   * @param judge judges what forms are to save.
   * @throws IOException if ConfigAdmin cannot write.
   */
  public void open(FrameworkHost host, ConfJudge judge) throws IOException {
    // Only what configures: other pages could stop bundles that the gateway needs, or add some.
    host.configure(
        Map.of(
            CONSOLE,
            Map.of(
                "plugins",
                new String[] {FORMS},
                "default.render",
                "configMgr",
                // The guard's: for another one the browser keeps the password when somebody logs
                // out.
                "realm",
                "Culvert")));
    offer(host, BiPredicate.class, login, "login");
    BiFunction<String, Map<String, Object>, Optional<ConfigurationStatus>> forms = judge::judge;
    offer(host, BiFunction.class, forms, "judge");
  }

  /**
   * Offers a service whose type is one of Java's own: the bundle and the launcher share no other.
   */
  private static <S> void offer(FrameworkHost host, Class<S> type, S service, String name) {
    Hashtable<String, Object> properties = new Hashtable<>(Map.of(GUARD + "." + name, true));
    host.context().registerService(type, service, properties);
  }

  /** Says where it is, when the application is started. */
  public void tell(FrameworkHost host) {
    BundleContext context = host.context();
    ServiceReference<?> server = context.getServiceReference(SERVER);
    if (server != null
        && server.getProperty("osgi.http.endpoint") instanceof String[] endpoints
        && endpoints.length > 0) {
      Log.info("Web console: " + endpoints[0] + "system/console/configMgr, user " + Login.USER);
    } else {
      Log.error(
          "Web console: cannot listen at "
              + ADDRESS
              + ":"
              + port
              + "; --web-console=PORT gives it another port");
    }
  }
}
