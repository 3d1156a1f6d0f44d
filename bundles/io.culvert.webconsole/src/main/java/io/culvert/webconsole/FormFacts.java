// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.Configurations;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Tells our script what the console does not: how a tunnel is called, which keys of a configuration
 * hold something, and what became of it. Of the values it tells names alone. Thread-safe.
 */
@Component(
    service = Servlet.class,
    property = {
      "osgi.http.whiteboard.servlet.pattern=/res/ui/culvert.json",
      "osgi.http.whiteboard.context.select="
          + "(osgi.http.whiteboard.context.name=org.apache.felix.webconsole)"
    })
public final class FormFacts extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String OURS = "(service.pid=io.culvert.*)";

  private final transient ConfigurationAdmin admin;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  transient volatile @Nullable Configurations configurations;

  /**
   * Makes the servlet.
   *
   * @param admin has the configurations.
   */
  @Activate
  public FormFacts(@Reference ConfigurationAdmin admin) {
    this.admin = admin;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/json");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().print(Json.of(facts()));
  }

  /** Returns what there is to tell of each configuration, by PID. */
  Map<String, Map<String, Object>> facts() throws IOException {
    Map<String, Map<String, Object>> facts = new TreeMap<>();
    for (Configuration configuration : configured()) {
      try {
        add(facts, configuration);
      } catch (IllegalStateException e) {
        continue; // deleted meanwhile
      }
    }
    Configurations judge = configurations;
    if (judge != null) {
      for (ConfigurationStatus status : judge.current()) {
        Map<String, Object> fact = of(facts, status.pid());
        fact.put("state", status.state());
        fact.put("errors", problems(status.errors()));
        fact.put("warnings", problems(status.warnings()));
      }
    }
    return facts;
  }

  private static void add(Map<String, Map<String, Object>> facts, Configuration configuration) {
    Dictionary<String, Object> values = configuration.getProperties();
    if (values != null) {
      Map<String, Object> fact = of(facts, configuration.getPid());
      fact.put("filled", filled(values));
      if (values.get("name") instanceof String name && !name.isBlank()) {
        fact.put("name", name);
      }
    }
  }

  private Configuration[] configured() throws IOException {
    try {
      Configuration[] found = admin.listConfigurations(OURS);
      return found == null ? new Configuration[0] : found;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> of(Map<String, Map<String, Object>> facts, String pid) {
    return facts.computeIfAbsent(pid, key -> new TreeMap<>());
  }

  private static List<String> filled(Dictionary<String, Object> values) {
    return Collections.list(values.keys()).stream()
        .filter(key -> !values.get(key).equals(""))
        .sorted()
        .toList();
  }

  private static List<Map<String, String>> problems(List<ConfigurationProblem> problems) {
    return problems.stream()
        .map(problem -> Map.of("key", problem.key(), "text", problem.toString()))
        .toList();
  }
}
