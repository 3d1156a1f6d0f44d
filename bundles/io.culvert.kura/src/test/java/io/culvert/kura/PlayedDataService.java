// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.data.DataService;
import org.eclipse.kura.data.listener.DataServiceListener;

/** A data service that writes down what it is asked for. Safe for all threads. */
class PlayedDataService implements DataService {
  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<DataServiceListener> listeners = new CopyOnWriteArrayList<>();
  private final Semaphore made = new Semaphore(0);
  volatile boolean connected;
  volatile boolean refusing;

  @Override
  public boolean isConnected() {
    return connected;
  }

  @Override
  public void subscribe(String topic, int qos) throws KuraException {
    calls.add("subscribe " + topic + " " + qos);
    made.release();
    if (refusing) {
      throw new KuraException(KuraErrorCode.NOT_CONNECTED, topic);
    }
  }

  @Override
  public void unsubscribe(String topic) throws KuraException {
    calls.add("unsubscribe " + topic);
    made.release();
    if (refusing) {
      throw new KuraException(KuraErrorCode.NOT_CONNECTED, topic);
    }
  }

  @Override
  public void addDataServiceListener(DataServiceListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeDataServiceListener(DataServiceListener listener) {
    listeners.remove(listener);
  }

  /** Waits for one more call, to subscribe or to unsubscribe. */
  void awaitCall() throws InterruptedException {
    assertThat(made.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
  }

  void connect() {
    connected = true;
    listeners.forEach(DataServiceListener::onConnectionEstablished);
  }

  void disconnect() {
    connected = false;
    listeners.forEach(listener -> listener.onConnectionLost(new IllegalStateException("lost")));
  }

  void deliver(String topic, String payload, boolean retained) {
    listeners.forEach(
        listener -> listener.onMessageArrived(topic, payload.getBytes(UTF_8), 1, retained));
  }
}
