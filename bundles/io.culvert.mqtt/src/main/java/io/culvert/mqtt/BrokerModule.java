// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;

/** A connection that is there already, as the MQTT client wants it. Safe for all threads. */
final class BrokerModule implements NetworkModule {
  private final Socket socket;
  private final BrokerInput input;
  private final OutputStream output;

  BrokerModule(Socket socket) throws IOException {
    this.socket = socket;
    this.input = new BrokerInput(socket.getInputStream());
    this.output = new Output(socket.getOutputStream());
  }

  @Override
  public void start() {
    // It is there.
  }

  @Override
  public InputStream getInputStream() {
    return input;
  }

  @Override
  public OutputStream getOutputStream() {
    return output;
  }

  @Override
  public void stop() throws IOException {
    socket.close();
  }

  @Override
  public String getServerURI() {
    return BrokerModuleFactory.URI;
  }

  private final class Output extends FilterOutputStream {
    Output(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      input.begin();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      input.begin();
    }
  }
}
