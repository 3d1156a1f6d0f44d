// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import io.culvert.api.ConfigurationListener;
import io.culvert.api.Configurations;
import io.culvert.launcher.conf.ConfFolder;
import io.culvert.launcher.conf.ConfJudge;
import io.culvert.launcher.conf.SecretWatch;
import io.culvert.launcher.conf.Verdicts;
import io.culvert.launcher.framework.FrameworkHost;
import io.culvert.launcher.framework.FrameworkSettings;
import io.culvert.launcher.framework.Interpolation;
import io.culvert.launcher.log.Log;
import io.culvert.launcher.log.LogOutputs;
import io.culvert.launcher.log.LogSettings;
import io.culvert.launcher.process.Console;
import io.culvert.launcher.process.ExitCode;
import io.culvert.launcher.process.ExitReason;
import io.culvert.launcher.process.OwnedFolder;
import io.culvert.launcher.process.Version;
import io.culvert.launcher.webconsole.WebConsole;
import io.culvert.launcher.webconsole.WebConsoleRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Runs the bundles with what a folder of files configures, until somebody stops it. For one use by
 * one thread. Everything that was started is stopped before it returns.
 */
final class Gateway {
  private static final String MANAGER = "io.culvert.api.TunnelManager";
  private static final String TUNNEL = "io.culvert.Tunnel";
  private static final long MANAGER_MILLIS = 30_000;
  private static final long LOOK_MILLIS = 500;

  private final GatewayFolders folders;
  private final Console console;
  private final int verbosity;
  private final Optional<WebConsoleRequest> webConsole;
  private final CompletableFuture<String> stop;

  /**
   * Makes a gateway.
   *
   * @param folders its folders.
   * @param console where it prints.
   * @param verbosity how much.
   * @param webConsole the web console, if it is wanted.
   * @param stop completes with who wants it to stop.
   */
  Gateway(
      GatewayFolders folders,
      Console console,
      int verbosity,
      Optional<WebConsoleRequest> webConsole,
      CompletableFuture<String> stop) {
    this.folders = folders;
    this.console = console;
    this.verbosity = verbosity;
    this.webConsole = webConsole;
    this.stop = stop;
  }

  /** Runs and returns how to exit. */
  ExitCode run() {
    Path conf = folders.conf();
    if (!GatewayFolders.isOpen(conf)) {
      return refuse("--conf '" + conf + "': must be a folder that this user may read and enter");
    }
    Optional<String> complaint = folders.secretsComplaint();
    if (complaint.isPresent()) {
      return refuse(complaint.get());
    }
    try (OwnedFolder state = OwnedFolder.take(folders.state())) {
      Optional<WebConsole> unlocked = unlock(state);
      if (webConsole.isPresent() && unlocked.isEmpty()) {
        return ExitCode.OK; // stopped before there was a password
      }
      Path file = state.folder("log").resolve("culvert.log");
      LogSettings settings = LogSettings.read(conf.resolve("logging.properties"));
      try (LogOutputs outputs = LogOutputs.start(console.out(), file, settings, verbosity)) {
        return serve(state, unlocked, outputs);
      }
    } catch (OwnedFolder.UnusableException e) {
      return refuse("--state " + e.getMessage());
    } catch (IOException e) {
      console.refuse("--state '" + folders.state() + "' cannot be used now (" + e + ")");
      return ExitCode.STORAGE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERNAL;
    }
  }

  private Optional<WebConsole> unlock(OwnedFolder state) throws IOException, InterruptedException {
    return webConsole.isPresent() ? webConsole.get().unlock(state.path(), stop) : Optional.empty();
  }

  private ExitCode refuse(String why) {
    console.refuse(why);
    return ExitCode.CONFIGURATION;
  }

  private ExitCode serve(OwnedFolder state, Optional<WebConsole> webConsole, LogOutputs outputs) {
    Log.info(Version.of("gateway"));
    Log.info("Configuration: " + folders.conf());
    folders.secrets().ifPresent(secrets -> Log.info("Secrets: " + secrets));
    Log.info("State: " + state.path() + "; log: " + outputs.file());
    if (state.isMended()) {
      Log.warning(state.path() + " was open to other users; now it is not");
    }
    ExitReason end = serve(state, webConsole);
    if (end.code() == ExitCode.OK) {
      Log.info(end.message());
    } else {
      Log.fatal(end.message());
    }
    return end.code();
  }

  private ExitReason serve(OwnedFolder state, Optional<WebConsole> webConsole) {
    try (FrameworkHost host = FrameworkHost.start(settings(state, webConsole))) {
      ConfigurationAdmin admin = host.configurationAdmin();
      Path applied = state.path().resolve("applied.sha256");
      Verdicts verdicts = new Verdicts(admin);
      host.context().registerService(ConfigurationListener.class, verdicts, null);
      ConfJudge judge =
          new ConfJudge(
              host.placeholders(),
              host.unstarted(Configurations.class),
              host.context()::getProperty);
      ConfFolder conf =
          new ConfFolder(
              folders.conf(), folders.secrets(), applied, admin, judge, verdicts, host::knownPids);
      Optional<SecretWatch> secrets =
          folders.secrets().map(folder -> new SecretWatch(folder, admin, conf::judgeAnew));
      if (secrets.isPresent()) {
        secrets.get().start();
      }
      conf.start();
      if (webConsole.isPresent()) {
        webConsole.get().open(host, judge);
      }
      host.startApplication();
      host.startGuests(folders.deploy());
      conf.checkPids();
      CompletableFuture.anyOf(stop, host.registration(MANAGER))
          .get(MANAGER_MILLIS, TimeUnit.MILLISECONDS);
      if (!stop.isDone()) {
        Log.info(ready(conf.count(TUNNEL), conf.countRefused()));
        webConsole.ifPresent(console -> console.tell(host));
      }
      return new ExitReason(ExitCode.OK, "Stopped by " + follow(conf, secrets));
    } catch (TimeoutException e) {
      return new ExitReason(
          ExitCode.INTERNAL, "The tunnel manager did not start; see the lines before");
    } catch (ExecutionException e) {
      throw new IllegalStateException("neither a signal nor a registration fails", e);
    } catch (IOException e) {
      return new ExitReason(ExitCode.STORAGE, "A file or folder cannot be used: " + e);
    } catch (BundleException | RuntimeException e) {
      return new ExitReason(ExitCode.INTERNAL, "The bundles cannot be started: " + e + cause(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ExitReason(ExitCode.INTERNAL, "Interrupted");
    }
  }

  private static String cause(Exception e) {
    return e.getCause() == null ? "" : ": " + e.getCause();
  }

  private FrameworkSettings settings(OwnedFolder state, Optional<WebConsole> webConsole)
      throws IOException {
    List<Path> bundles = new ArrayList<>(folders.bundles());
    Map<String, String> properties = new HashMap<>(Interpolation.properties(folders.secrets()));
    properties.put("felix.cm.dir", state.folder("config").toString());
    properties.put("io.culvert.state.dir", state.folder("tokens").toString());
    webConsole.ifPresent(
        console -> {
          bundles.add(folders.webConsole());
          properties.putAll(console.properties());
        });
    return new FrameworkSettings(
        bundles, state.folder("framework"), List.of(FrameworkSettings.API), properties);
  }

  private String ready(int tunnels, int refused) {
    String configured =
        switch (tunnels) {
          case 0 -> "Ready: no tunnel is configured";
          case 1 -> "Ready: 1 tunnel is configured";
          default -> "Ready: " + tunnels + " tunnels are configured";
        };
    if (refused > 0) {
      String files = refused == 1 ? "1 file is" : refused + " files are";
      return configured + ", " + files + " refused (see above)";
    }
    return tunnels > 0
        ? configured
        : configured + "; a file " + TUNNEL + "~NAME.cfg.json in " + folders.conf() + " adds one";
  }

  /** Follows the changes of the files until somebody stops it, and returns who. */
  private String follow(ConfFolder conf, Optional<SecretWatch> secrets)
      throws InterruptedException {
    while (true) {
      try {
        return stop.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        conf.refresh();
        secrets.ifPresent(SecretWatch::refresh);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a signal never fails", e);
      }
    }
  }
}
