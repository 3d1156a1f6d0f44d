// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.play;

import io.culvert.kura.test.control.DeploymentFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.osgi.service.deploymentadmin.DeploymentException;
import org.osgi.service.deploymentadmin.DeploymentPackage;

/**
 * Installs packages and keeps their files, to install them again at each start, on a thread of its
 * own. Safe for all threads.
 */
@Component(
    name = "io.culvert.kura.test.play.DeploymentAgent",
    service = DeploymentAgent.class,
    immediate = true)
public final class DeploymentAgent {
  private static final String SUFFIX = ".dp";

  private final DeploymentAdmin admin;
  private final Path kept;
  private volatile boolean settled;

  /**
   * Installs what is kept.
   *
   * @param admin installs.
   * @param home where the files are.
   */
  @Activate
  public DeploymentAgent(@Reference DeploymentAdmin admin, @Reference Home home) {
    this.admin = admin;
    this.kept = home.folder("packages");
    Thread thread = new Thread(this::installKept, "kura-deployment");
    thread.setDaemon(true);
    thread.start();
  }

  private void installKept() {
    try {
      for (Path file : files()) {
        deploy(file);
      }
      settled = true;
    } catch (IOException | DeploymentFailedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isSettled() {
    return settled;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(kept)) {
      return files.sorted().toList();
    }
  }

  private synchronized DeploymentPackage deploy(Path file)
      throws IOException, DeploymentFailedException {
    try (InputStream in = Files.newInputStream(file)) {
      return admin.installDeploymentPackage(in);
    } catch (DeploymentException e) {
      throw failed(e);
    }
  }

  void install(Path file) throws IOException, DeploymentFailedException {
    String name = deploy(file).getName();
    Files.copy(file, kept.resolve(name + SUFFIX), StandardCopyOption.REPLACE_EXISTING);
  }

  synchronized void uninstall(String name) throws IOException, DeploymentFailedException {
    try {
      admin.getDeploymentPackage(name).uninstall();
    } catch (DeploymentException e) {
      throw failed(e);
    }
    Files.delete(kept.resolve(name + SUFFIX));
  }

  Map<String, String> packages() {
    Map<String, String> packages = new TreeMap<>();
    for (DeploymentPackage each : admin.listDeploymentPackages()) {
      packages.put(each.getName(), each.getVersion().toString());
    }
    return packages;
  }

  private static DeploymentFailedException failed(DeploymentException e) {
    DeploymentFailedException failed =
        new DeploymentFailedException(e.getCode(), String.valueOf(e.getMessage()));
    failed.initCause(e);
    return failed;
  }
}
