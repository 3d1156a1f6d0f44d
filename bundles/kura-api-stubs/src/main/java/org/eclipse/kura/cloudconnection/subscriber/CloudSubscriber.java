// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.cloudconnection.subscriber;

import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.osgi.annotation.versioning.ProviderType;

/** Receives messages of a cloud connection, and tells listeners. */
@ProviderType
public interface CloudSubscriber {
  /**
   * Adds a listener.
   *
   * @param listener is told of each message.
   */
  void registerCloudSubscriberListener(CloudSubscriberListener listener);

  /**
   * Removes a listener.
   *
   * @param listener what was added.
   */
  void unregisterCloudSubscriberListener(CloudSubscriberListener listener);
}
