// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.control;

import java.util.List;

/**
 * What the cloud does to a gateway: there is a cloud subscriber and a data service. A service of
 * the bundle that plays Kura. Safe for all threads.
 */
public interface CloudControl {
  /** The {@code kura.service.pid} of the cloud subscriber. */
  String SUBSCRIBER = "notify-subscriber";

  /** The {@code kura.service.pid} of the data service. */
  String DATA_SERVICE = "org.eclipse.kura.data.DataService";

  /** Connects the data service, which has no subscriptions then. */
  void connect();

  /** Cuts that connection. */
  void disconnect();

  /** Returns what is subscribed to at the data service in this connection, as often as it is. */
  List<String> subscriptions();

  /** Hands a message to all who listen to the data service: so does Kura. */
  void toDataService(String topic, byte[] payload, boolean retained);

  /** Hands a message to all who listen to the cloud subscriber. */
  void toSubscriber(byte[] body);

  /** Returns how many listen to one of both. */
  int listeners();
}
