// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.jspecify.annotations.Nullable;

/** One connection, as the MQTT client wants it. Safe for all threads. */
final class BrokerModule implements NetworkModule {
  private final BrokerDialer dialer;
  private volatile @Nullable Socket socket;

  BrokerModule(BrokerDialer dialer) {
    this.dialer = dialer;
  }

  @Override
  public void start() throws IOException {
    socket = dialer.dial();
  }

  private Socket socket() throws IOException {
    Socket open = socket;
    if (open == null) {
      throw new IOException("there is no connection to " + dialer);
    }
    return open;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return socket().getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return socket().getOutputStream();
  }

  @Override
  public void stop() throws IOException {
    dialer.cancel();
    Socket open = socket;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public String getServerURI() {
    return BrokerModuleFactory.SCHEME + "://" + dialer;
  }
}
