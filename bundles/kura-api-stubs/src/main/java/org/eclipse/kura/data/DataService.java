// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.data;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.data.listener.DataServiceListener;
import org.osgi.annotation.versioning.ProviderType;

/** Sends and receives messages by topics. */
@ProviderType
public interface DataService {
  /** Tells whether there is a connection. */
  boolean isConnected();

  /**
   * Subscribes to a topic for as long as the connection is there.
   *
   * @param topic the topic.
   * @param qos the quality of service, 0 to 2.
   * @throws KuraException if it cannot be done, such as without a connection.
   */
  void subscribe(String topic, int qos) throws KuraException;

  /**
   * Ends a subscription.
   *
   * @param topic the topic.
   * @throws KuraException if it cannot be done, such as without a connection.
   */
  void unsubscribe(String topic) throws KuraException;

  /**
   * Adds a listener.
   *
   * @param listener is told of the messages of all topics, and of connections.
   */
  void addDataServiceListener(DataServiceListener listener);

  /**
   * Removes a listener.
   *
   * @param listener what was added.
   */
  void removeDataServiceListener(DataServiceListener listener);
}
