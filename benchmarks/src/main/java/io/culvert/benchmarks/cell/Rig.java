// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Application;
import io.culvert.benchmarks.load.Clients;
import io.culvert.benchmarks.process.Await;
import io.culvert.benchmarks.process.Child;
import io.culvert.benchmarks.process.Death;
import io.culvert.benchmarks.process.End;
import io.culvert.benchmarks.process.Launcher;
import io.culvert.benchmarks.process.PairRequest;
import io.culvert.benchmarks.process.Program;
import io.culvert.benchmarks.process.ProgramPair;
import io.culvert.benchmarks.process.Service;
import io.culvert.benchmarks.process.ServiceRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * All that one run needs: application, service, a program at each end, and clients. Owns the
 * application and the clients; the processes are the launcher's. Thread-safe.
 */
public final class Rig implements AutoCloseable {
  private final Application application;
  private final Clients clients;
  private final Service service;
  private final ProgramPair pair;

  private Rig(Application application, Clients clients, Service service, ProgramPair pair) {
    this.application = application;
    this.clients = clients;
    this.service = service;
    this.pair = pair;
  }

  /** Starts everything; the application has had a byte of each service on return. */
  static Rig start(Launcher launcher, Service.Kind services, Program program, Cell cell)
      throws IOException, InterruptedException {
    Application application = Application.start();
    try {
      Clients clients = new Clients(application);
      Service service = services.start(launcher, new ServiceRequest(cell.link(), cell.services()));
      ProgramPair pair =
          ProgramPair.start(
              launcher,
              program,
              service,
              new PairRequest(cell.services(), application.port(), cell.settings()));
      Rig rig = new Rig(application, clients, service, pair);
      for (String id : cell.services()) {
        Await.until(rig.processes(), "a byte to arrive", () -> clients.reaches(pair.address(id)));
      }
      return rig;
    } catch (IOException | InterruptedException e) {
      application.close();
      throw e;
    }
  }

  /** Returns what makes loads. */
  public Clients clients() {
    return clients;
  }

  /** Returns the service. */
  public Service service() {
    return service;
  }

  /** Returns the process of the program at an end. */
  public Child process(End end) {
    return pair.process(end);
  }

  /** Returns where clients of a service connect to. */
  public InetSocketAddress address(String id) {
    return pair.address(id);
  }

  private List<Child> processes() {
    return List.of(service.process(), process(End.SOURCE), process(End.DESTINATION));
  }

  /** Returns which processes have ended and how, or nothing if all run. */
  Optional<Death> death() {
    return Death.of(processes());
  }

  /** Ends the loads, whatever they wait for. */
  void abort() throws IOException {
    clients.close();
  }

  @Override
  public void close() throws IOException {
    clients.close();
    application.close();
  }
}
