// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.data.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of messages and of connections. */
@ConsumerType
public interface DataServiceListener {
  /** There is a connection now. */
  void onConnectionEstablished();

  /** The connection is about to be ended. */
  void onDisconnecting();

  /** The connection was ended. */
  void onDisconnected();

  /**
   * The connection was lost.
   *
   * @param cause why.
   */
  void onConnectionLost(Throwable cause);

  /**
   * A message has come.
   *
   * @param topic its topic.
   * @param payload what it holds.
   * @param qos its quality of service.
   * @param retained whether it is an old one that the broker kept.
   */
  void onMessageArrived(String topic, byte[] payload, int qos, boolean retained);

  /**
   * A message was sent.
   *
   * @param messageId which one.
   * @param topic its topic.
   */
  void onMessagePublished(int messageId, String topic);

  /**
   * A message was received by the broker.
   *
   * @param messageId which one.
   * @param topic its topic.
   */
  void onMessageConfirmed(int messageId, String topic);
}
