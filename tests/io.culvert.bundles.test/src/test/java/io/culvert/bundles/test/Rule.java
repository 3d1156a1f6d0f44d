// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.util.List;

/** What every finished bundle has to keep to; a breach shows on none of the frameworks here. */
interface Rule {
  /** Every rule. */
  List<Rule> ALL =
      List.of(
          new DeclarativeServices14(),
          new Java17(),
          new ImportRanges(),
          new NoJavaImports(),
          new PrivateLibraries(),
          new EventAdminIfThere(),
          new KuraOnlyInAdapter(),
          new NoKuraClasses(),
          new ConfigurablePids(),
          new SameBytes());

  /** Returns what is wrong with a bundle, one sentence each; none if it keeps to the rule. */
  List<String> complaints(FinishedBundle bundle);
}
