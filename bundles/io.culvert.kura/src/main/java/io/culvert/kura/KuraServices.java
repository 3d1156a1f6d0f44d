// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import io.culvert.api.SecretDecoder;
import io.culvert.api.StateDirectory;
import java.nio.file.Path;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.system.SystemService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Offers what Culvert needs of Kura. Tunnels begin when their tokens can be decrypted, and must
 * know by then where to keep what goes with those: so the directory is offered before the decoder.
 */
@Component(
    name = "io.culvert.kura.KuraServices",
    service = {},
    immediate = true)
public final class KuraServices {
  private static final String FOLDER = "culvert";

  private final ServiceRegistration<?> directory;
  private final ServiceRegistration<?> decoder;

  /**
   * Offers the services.
   *
   * @param context the bundle that they belong to.
   * @param crypto decrypts.
   * @param system knows the data directory.
   */
  @Activate
  public KuraServices(
      BundleContext context, @Reference CryptoService crypto, @Reference SystemService system) {
    Path folder = Path.of(system.getKuraDataDirectory(), FOLDER);
    directory = context.registerService(StateDirectory.class, () -> folder, null);
    decoder =
        context.registerService(SecretDecoder.class, new CryptoDecoder(crypto::decryptAes), null);
  }

  @Deactivate
  void deactivate() {
    decoder.unregister();
    directory.unregister();
  }
}
