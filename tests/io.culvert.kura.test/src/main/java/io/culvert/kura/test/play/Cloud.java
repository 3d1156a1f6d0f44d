// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.play;

import io.culvert.kura.test.control.CloudControl;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.data.DataService;
import org.eclipse.kura.data.listener.DataServiceListener;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Offers a cloud subscriber and a data service, and hands on what tests send. */
@Component(name = "io.culvert.kura.test.play.Cloud", service = CloudControl.class, immediate = true)
public final class Cloud implements CloudControl {
  private static final String KURA_PID = "kura.service.pid";

  private final Subscriber subscriber = new Subscriber();
  private final Data data = new Data();
  private final List<ServiceRegistration<?>> registrations;

  /**
   * Offers both.
   *
   * @param context the bundle that they belong to.
   */
  @Activate
  public Cloud(BundleContext context) {
    registrations =
        List.of(
            context.registerService(CloudSubscriber.class, subscriber, pid(SUBSCRIBER)),
            context.registerService(DataService.class, data, pid(DATA_SERVICE)));
  }

  private static Hashtable<String, Object> pid(String pid) {
    return new Hashtable<>(Map.of(KURA_PID, pid));
  }

  @Deactivate
  void deactivate() {
    registrations.forEach(ServiceRegistration::unregister);
  }

  @Override
  public void connect() {
    data.subscriptions.clear();
    data.connected = true;
    data.listeners.forEach(DataServiceListener::onConnectionEstablished);
  }

  @Override
  public void disconnect() {
    data.connected = false;
    data.listeners.forEach(listener -> listener.onConnectionLost(new IllegalStateException()));
  }

  @Override
  public List<String> subscriptions() {
    return List.copyOf(data.subscriptions);
  }

  @Override
  public void toDataService(String topic, byte[] payload, boolean retained) {
    data.listeners.forEach(listener -> listener.onMessageArrived(topic, payload, 1, retained));
  }

  @Override
  public void toSubscriber(byte[] body) {
    KuraPayload payload = new KuraPayload();
    payload.setBody(body);
    subscriber.listeners.forEach(listener -> listener.onMessageArrived(new KuraMessage(payload)));
  }

  @Override
  public int listeners() {
    return subscriber.listeners.size() + data.listeners.size();
  }

  private static final class Subscriber implements CloudSubscriber {
    private final List<CloudSubscriberListener> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void registerCloudSubscriberListener(CloudSubscriberListener listener) {
      listeners.add(listener);
    }

    @Override
    public void unregisterCloudSubscriberListener(CloudSubscriberListener listener) {
      listeners.remove(listener);
    }
  }

  private static final class Data implements DataService {
    private final List<DataServiceListener> listeners = new CopyOnWriteArrayList<>();
    private final List<String> subscriptions = new CopyOnWriteArrayList<>();
    private volatile boolean connected;

    @Override
    public boolean isConnected() {
      return connected;
    }

    @Override
    public void subscribe(String topic, int qos) throws KuraException {
      checkConnected(topic);
      subscriptions.add(topic);
    }

    @Override
    public void unsubscribe(String topic) throws KuraException {
      checkConnected(topic);
      subscriptions.remove(topic);
    }

    private void checkConnected(String topic) throws KuraException {
      if (!connected) {
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
  }
}
