// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Kura finds a form by the pid of the component: form, file, component and configuration have one
 * name. A singleton starts without a configuration, an instance of a factory only with one.
 */
final class ConfigurablePids implements Rule {
  private static final String FORMS = "OSGI-INF/metatype";

  @Override
  public List<String> complaints(FinishedBundle bundle) {
    List<String> complaints = new ArrayList<>();
    Map<String, Element> components = new TreeMap<>();
    for (Document document : bundle.documents("OSGI-INF").values()) {
      Element component = document.getDocumentElement();
      components.put(component.getAttribute("name"), component);
      elements(component, "property").stream()
          .filter(property -> property.getAttribute("name").equals("service.pid"))
          .forEach(
              property ->
                  complaints.add(component.getAttribute("name") + " has a service.pid of its own"));
    }
    bundle
        .documents(FORMS)
        .forEach(
            (file, form) ->
                elements(form.getDocumentElement(), "Designate")
                    .forEach(designate -> check(file, form, designate, components, complaints)));
    return complaints;
  }

  private static void check(
      String file,
      Document form,
      Element designate,
      Map<String, Element> components,
      List<String> complaints) {
    boolean factory = designate.hasAttribute("factoryPid");
    String pid = designate.getAttribute(factory ? "factoryPid" : "pid");
    if (!file.equals(FORMS + "/" + pid + ".xml")) {
      complaints.add("the form of " + pid + " is in " + file);
    }
    if (elements(form.getDocumentElement(), "OCD").stream()
        .noneMatch(ocd -> ocd.getAttribute("id").equals(pid))) {
      complaints.add("no form has the id " + pid);
    }
    if (elements(designate, "Object").stream()
        .anyMatch(object -> !object.getAttribute("ocdref").equals(pid))) {
      complaints.add(pid + " has the form of another pid");
    }
    Element component = components.get(pid);
    if (component == null) {
      complaints.add("no component is named " + pid);
      return;
    }
    if (component.hasAttribute("configuration-pid")) {
      complaints.add(pid + " has configurations of another pid");
    }
    if (!component.getAttribute("immediate").equals("true")) {
      complaints.add(pid + " is not immediate");
    }
    if (factory != component.getAttribute("configuration-policy").equals("require")) {
      complaints.add(pid + (factory ? " starts" : " does not start") + " without a configuration");
    }
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagNameNS("*", name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
