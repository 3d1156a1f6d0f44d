// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.cloudconnection.subscriber.listener;

import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears of messages that a subscriber receives. */
@ConsumerType
@FunctionalInterface
public interface CloudSubscriberListener {
  /**
   * Takes a message.
   *
   * @param message the message.
   */
  void onMessageArrived(KuraMessage message);
}
