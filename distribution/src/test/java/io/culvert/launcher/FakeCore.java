// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import io.culvert.api.ErrorCode;
import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelManager;
import io.culvert.api.TunnelState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A bundle in the place of the core bundle: its tunnels connect at once, and a tunnel with a
 * service named {@code refused} is refused.
 */
public final class FakeCore implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    FakeTunnelManager manager = new FakeTunnelManager();
    context.registerService(TunnelManager.class, manager, null);
    Thread thread = new Thread(() -> play(manager), "fake-tunnel");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void stop(BundleContext context) {}

  private static void play(FakeTunnelManager manager) {
    try {
      Map<String, String> services = manager.awaitServices();
      if (services.containsKey("refused")) {
        TunnelFailure failure =
            new TunnelFailure(ErrorCode.REFUSED, "HTTP status 403: no such token", 403, "ch-1");
        manager.tell(TunnelState.FAILED, 0, List.of(), failure);
        return;
      }
      List<ServiceStatus> statuses =
          services.entrySet().stream()
              .map(e -> new ServiceStatus(e.getKey(), e.getValue(), null, 0, 0, 0, 0, null))
              .toList();
      manager.tell(TunnelState.CONNECTED, 1, statuses, null);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the bundle. */
  static void write(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "io.culvert.core.fake");
    main.putValue("Bundle-Activator", FakeCore.class.getName());
    main.putValue("Import-Package", "io.culvert.api,org.osgi.framework");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      for (String name : List.of("FakeCore", "FakeTunnelManager", "FakeTunnelManager$1")) {
        String path = "io/culvert/launcher/" + name + ".class";
        entries.putNextEntry(new JarEntry(path));
        try (InputStream in = FakeCore.class.getResourceAsStream("/" + path)) {
          if (in == null) {
            throw new IOException(path + " is missing");
          }
          in.transferTo(entries);
        }
      }
    }
  }
}
