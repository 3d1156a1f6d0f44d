// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.launcher.framework.KnownPids;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges configuration files as the gateway and the components would. For one thread. */
public final class ConfCheck {
  private static final ConfName MANAGER =
      new ConfName("io.culvert.TunnelManager.cfg.json", "io.culvert.TunnelManager", null);
  private static final String NO_SERVICE =
      "neither this nor "
          + MANAGER.file()
          + " has a region or an endpoint, so there is nothing to connect to";

  private final ConfJudge judge;
  private final KnownPids known;
  private final Optional<Path> secrets;

  private final CheckedFiles checked;

  /** By folder: in another folder there may be another version of the same file. */
  private final Map<Path, List<TunnelClaim>> claims = new HashMap<>();

  /**
   * Makes one that has seen no file.
   *
   * @param judge judges as the components would.
   * @param known what can be configured.
   * @param secrets the folder of the files that placeholders name, if there is one.
   * @param checked what is to be checked.
   */
  public ConfCheck(ConfJudge judge, KnownPids known, Optional<Path> secrets, CheckedFiles checked) {
    this.judge = judge;
    this.known = known;
    this.secrets = secrets;
    this.checked = checked;
  }

  /** Returns whether a file in a folder of configurations is, or was meant, for the gateway. */
  public static boolean isMeant(Path file) {
    String name = file.getFileName().toString();
    return ConfName.parse(name).isPresent() || ConfName.isMisnamed(name);
  }

  /** Returns all that is wrong with, or odd about, the files. */
  public List<Finding> check() {
    return checked.files().stream().flatMap(file -> check(file).stream()).toList();
  }

  private List<Finding> check(Path file) {
    Optional<ConfName> name = ConfName.parse(file.getFileName().toString());
    if (name.isEmpty()) {
      return List.of(Finding.error(file, 0, ConfName.MISNAMED_FILE));
    }
    List<Finding> findings = findings(file, name.get());
    findings.sort(Comparator.comparingInt(Finding::line));
    return findings;
  }

  private List<Finding> findings(Path file, ConfName name) {
    List<Finding> findings = new ArrayList<>();
    try {
      PidCheck.doubt(name, known).ifPresent(it -> findings.add(Finding.error(file, 0, it)));
      PidCheck.suspicion(name, known).ifPresent(it -> findings.add(Finding.warning(file, 0, it)));
      PidCheck.check(name, known);
      ConfFile conf = ConfFile.read(file, name);
      findings.addAll(SecretFiles.exposed(conf, known, secrets));
      findings.addAll(judge(conf));
    } catch (ConfException e) {
      findings.add(new Finding(file, e.line(), e.column(), true, e.reason()));
    } catch (NoSuchFileException e) {
      findings.add(Finding.error(file, 0, "there is no such file"));
    } catch (IOException e) {
      findings.add(Finding.error(file, 0, "cannot be read (" + e + ")"));
    }
    return findings;
  }

  private List<Finding> judge(ConfFile file) throws IOException {
    Map<String, Object> delivered = judge.delivered(file);
    List<Finding> findings = new ArrayList<>(ofComponent(file, delivered));
    Path folder = folder(file.path());
    if (TunnelConf.isTunnel(file.name()) && TunnelConf.isEnabled(delivered)) {
      findings.addAll(beside(file, delivered, folder));
      if (!TunnelConf.hasService(delivered) && lacksService(folder)) {
        findings.add(Finding.error(file.path(), 0, NO_SERVICE));
      }
    }
    return findings;
  }

  /** Finds what a tunnel would take from those that were checked before. */
  private List<Finding> beside(ConfFile file, Map<String, Object> delivered, Path folder) {
    List<TunnelClaim> others = claims.computeIfAbsent(folder, path -> new ArrayList<>());
    TunnelClaim claim = TunnelClaim.of(file.name().file(), file.name().fullPid(), delivered);
    List<Finding> findings =
        claim.complaints(others).stream()
            .map(complaint -> Finding.error(file.path(), 0, complaint))
            .toList();
    others.add(claim);
    return findings;
  }

  /**
   * Returns whether tunnels of a folder get no service from the tunnel manager, as far as known.
   */
  private boolean lacksService(Path folder) throws IOException {
    Optional<Path> manager =
        checked.files().stream()
            .filter(file -> file.getFileName().toString().equals(MANAGER.file()))
            .filter(file -> folder(file).equals(folder))
            .findFirst();
    if (manager.isEmpty()) {
      return checked.folders().stream().anyMatch(it -> it.toAbsolutePath().equals(folder));
    }
    try {
      return !TunnelConf.hasService(judge.delivered(ConfFile.read(manager.get(), MANAGER)));
    } catch (ConfException e) {
      return false; // which is a finding of its own
    }
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }

  private List<Finding> ofComponent(ConfFile file, Map<String, Object> delivered) {
    return judge
        .judge(file, delivered)
        .map(status -> findings(file, status))
        .orElseGet(() -> leftPlaceholders(file, delivered));
  }

  private static List<Finding> findings(ConfFile file, ConfigurationStatus status) {
    boolean refused = status.state() == ConfigurationState.REFUSED;
    List<Finding> findings = new ArrayList<>();
    status.errors().forEach(problem -> findings.add(finding(file, refused, problem)));
    status.warnings().forEach(problem -> findings.add(finding(file, false, problem)));
    return findings;
  }

  private static Finding finding(ConfFile file, boolean isError, ConfigurationProblem problem) {
    int line = file.text().line(problem.key());
    return new Finding(file.path(), line, 0, isError, problem.toString());
  }

  private static List<Finding> leftPlaceholders(ConfFile file, Map<String, Object> delivered) {
    List<Finding> findings = new ArrayList<>();
    delivered.forEach(
        (key, value) ->
            Placeholders.left(value)
                .map(left -> key + ": " + Unreplaced.sentence(left))
                .map(message -> Finding.error(file.path(), file.text().line(key), message))
                .ifPresent(findings::add));
    return findings;
  }
}
