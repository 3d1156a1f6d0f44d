// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import io.culvert.api.SecretCipher;
import io.culvert.api.SecretDecoder;
import io.culvert.api.StateDirectory;
import java.nio.file.Path;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers what Culvert needs of Kura. Tunnels begin when their tokens can be decrypted, and must
 * know by then where to keep what goes with those, and how to encrypt it: so the directory and the
 * cipher are offered before the decoder.
 */
@Component(
    name = "io.culvert.kura.KuraServices",
    service = {},
    immediate = true)
public final class KuraServices {
  private static final Logger LOG = LoggerFactory.getLogger(KuraServices.class);
  private static final String FOLDER = "culvert";

  private final @Nullable ServiceRegistration<?> directory;
  private final ServiceRegistration<?> cipher;
  private final ServiceRegistration<?> decoder;

  /**
   * Offers the services.
   *
   * @param context the bundle that they belong to.
   * @param crypto encrypts and decrypts.
   * @param system knows the data directory.
   */
  @Activate
  public KuraServices(
      BundleContext context, @Reference CryptoService crypto, @Reference SystemService system) {
    directory = offer(context, system.getKuraDataDirectory());
    cipher =
        context.registerService(
            SecretCipher.class, new CryptoCipher(crypto::encryptAes, crypto::decryptAes), null);
    decoder =
        context.registerService(SecretDecoder.class, new CryptoDecoder(crypto::decryptAes), null);
  }

  private static @Nullable ServiceRegistration<?> offer(
      BundleContext context, @Nullable String data) {
    if (data == null) {
      LOG.warn("Kura has no data directory: after a restart used tokens will be refused");
      return null;
    }
    Path folder = Path.of(data, FOLDER);
    return context.registerService(StateDirectory.class, () -> folder, null);
  }

  @Deactivate
  void deactivate() {
    decoder.unregister();
    cipher.unregister();
    if (directory != null) {
      directory.unregister();
    }
  }
}
