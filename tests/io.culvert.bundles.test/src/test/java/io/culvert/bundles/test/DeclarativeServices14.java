// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Version;

/**
 * Kura 5 has Declarative Services 1.4: a bundle that requires more is not resolved there, and a
 * component described in a later form is not read.
 */
final class DeclarativeServices14 implements Rule {
  private static final String NAMESPACE = "osgi.extender";
  private static final String EXTENDER = "osgi.component";
  private static final String FORMS = "http://www.osgi.org/xmlns/scr/v1\\.[0-4]\\.0";

  @Override
  public List<String> complaints(FinishedBundle bundle) {
    List<String> complaints = new ArrayList<>();
    Requirements extenders =
        new Requirements(Map.of(NAMESPACE, EXTENDER, "version", new Version(1, 4, 0)));
    bundle.filters(NAMESPACE).stream()
        .filter(filter -> filter.contains(EXTENDER) && !extenders.fulfil(filter))
        .forEach(filter -> complaints.add("requires more than osgi.component 1.4: " + filter));
    bundle
        .documents("OSGI-INF")
        .forEach(
            (name, document) -> {
              String form = document.getDocumentElement().getNamespaceURI();
              if (form == null || !form.matches(FORMS)) {
                complaints.add(name + " is not of Declarative Services 1.4: " + form);
              }
            });
    return complaints;
  }
}
