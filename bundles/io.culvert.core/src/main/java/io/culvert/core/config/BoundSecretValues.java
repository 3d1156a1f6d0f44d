// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.api.SecretDecoder;
import io.culvert.config.SecretValues;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Reads configurations with what the framework has to decode secrets. Safe for all threads. */
@Component(name = "io.culvert.SecretValues", service = SecretValues.class)
public final class BoundSecretValues extends SecretValues {
  /**
   * Starts in a framework.
   *
   * @param kinds all that can be configured.
   */
  @Activate
  public BoundSecretValues(@Reference Kinds kinds) {
    super(kinds);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindDecoder(SecretDecoder decoder) {
    setDecoder(decoder);
  }

  void unbindDecoder(SecretDecoder decoder) {
    unsetDecoder(decoder);
  }
}
