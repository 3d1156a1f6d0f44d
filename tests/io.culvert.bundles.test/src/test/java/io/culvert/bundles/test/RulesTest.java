// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shows each rule a bundle that breaks it. */
class RulesTest {
  private static final String COMPONENT =
      """
      <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.%d.0" name="%s" %s>%s</scr:component>
      """;
  private static final String FORM =
      """
      <MetaData xmlns="http://www.osgi.org/xmlns/metatype/v1.2.0">
        <OCD id="%s" name="A form"/>
        <Designate %s="%s"><Object ocdref="%s"/></Designate>
      </MetaData>
      """;
  private static final String SINGLETON = "OSGI-INF/io.culvert.One.xml";
  private static final String SINGLETON_FORM = "OSGI-INF/metatype/io.culvert.One.xml";

  @TempDir private Path folder;
  private final BundleWriter bundle = new BundleWriter("io.culvert.some");

  @Test
  void aGoodBundleGivesNoCauseForComplaint() throws IOException {
    bundle
        .header(
            "Import-Package", "org.osgi.framework;version='[1.8,2)',org.slf4j;version='[1.7,3)'")
        .header("Export-Package", "io.culvert.some;version=1.0.0")
        .entry(SINGLETON, component(4, "io.culvert.One", "immediate='true'", ""))
        .entry(SINGLETON_FORM, form("io.culvert.One", "pid", "io.culvert.One", "io.culvert.One"))
        .entry(
            "OSGI-INF/io.culvert.Many.xml",
            component(4, "io.culvert.Many", "immediate='true' configuration-policy='require'", ""))
        .entry(
            "OSGI-INF/metatype/io.culvert.Many.xml",
            form("io.culvert.Many", "factoryPid", "io.culvert.Many", "io.culvert.Many"));
    FinishedBundle finished = bundle.write(folder);
    assertThat(Rule.ALL).allSatisfy(rule -> assertThat(rule.complaints(finished)).isEmpty());
  }

  @Test
  void aLaterExtenderIsRefused() throws IOException {
    bundle.header(
        "Require-Capability",
        "osgi.extender;filter:='(&(osgi.extender=osgi.component)(version>=1.5.0)(!(version>=2.0.0)))'");
    assertRefused(new DeclarativeServices14(), "requires more than osgi.component 1.4: ");
  }

  @Test
  void aLaterComponentFormIsRefused() throws IOException {
    bundle.entry(SINGLETON, component(5, "io.culvert.One", "", ""));
    assertRefused(new DeclarativeServices14(), SINGLETON + " is not of Declarative Services 1.4: ");
  }

  @Test
  void aLaterJavaIsRefused() throws IOException {
    bundle.header("Require-Capability", "osgi.ee;filter:='(&(osgi.ee=JavaSE)(version=21))'");
    assertRefused(new Java17(), "is not for Java 17: ");
  }

  @Test
  void aMissingJavaIsRefused() throws IOException {
    bundle.header("Require-Capability", "osgi.service;filter:='(objectClass=a.A)'");
    assertRefused(new Java17(), "does not say which Java it needs");
  }

  @Test
  void aClassOfALaterJavaIsRefused() throws IOException {
    bundle.entry("a/B.class", BundleWriter.classFile(62));
    assertRefused(new Java17(), "a/B.class is too new for Java 17: 62");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "org.osgi.framework;version='[1.10,2)'        | org.osgi.framework [1.10,2) instead of [1.8,2)",
        "org.slf4j.helpers;version='[2.0,3)'          | org.slf4j.helpers [2.0,3) instead of [1.7,3)",
        "org.slf4j                                    | org.slf4j  instead of [1.7,3)",
        "org.eclipse.kura;version='[1.7,2)'           | org.eclipse.kura [1.7,2) instead of [1.6,2)",
        "org.eclipse.kura.configuration;version=1.2   | org.eclipse.kura.configuration 1.2 instead of [1.2,2)",
        "org.eclipse.kura.crypto;version='[1.4,2)'    | org.eclipse.kura.crypto [1.4,2) instead of [1.3,2)",
        "org.eclipse.kura.system;version='[1.5,1.6)'  | org.eclipse.kura.system [1.5,1.6) instead of [1.5,2)",
        "org.eclipse.kura.data;version='[1.1,1.2)'    | org.eclipse.kura.data [1.1,1.2) instead of [1.1,2)",
        "org.eclipse.kura.net;version='[2.5,3)'       | org.eclipse.kura.net, for which no range is known"
      })
  void anotherRangeIsRefused(String imported, String complaint) throws IOException {
    bundle.header("Import-Package", imported);
    assertRefused(new ImportRanges(), "imports " + complaint);
  }

  @Test
  void anEventAdminMayBeAskedForButIsNoCondition() throws IOException {
    String requirement = "osgi.service;filter:='(objectClass=org.osgi.service.event.EventAdmin)'";
    bundle.header("Require-Capability", requirement + ";effective:=active");
    assertRefused(new EventAdminIfThere(), "cannot do without an EventAdmin: ");

    bundle.header("Require-Capability", requirement + ";resolution:=optional");
    assertThat(new EventAdminIfThere().complaints(bundle.write(folder))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Import-Package", "DynamicImport-Package"})
  void anImportFromJavaIsRefused(String header) throws IOException {
    bundle.header(header, "java.lang.foreign");
    assertRefused(new NoJavaImports(), "imports java.lang.foreign");
  }

  @ParameterizedTest
  @CsvSource({
    "Import-Package, io.netty.buffer",
    "Export-Package, io.netty.util.internal.shaded.org.jctools.queues",
    "Export-Package, com.google.protobuf",
    "Import-Package, io.culvert.wire"
  })
  void anInnerPackageOutsideIsRefused(String header, String name) throws IOException {
    bundle.header(header, name + ";version=1.0.0");
    assertRefused(new PrivateLibraries(), name + ", which is to stay inside");
  }

  @ParameterizedTest
  @CsvSource({
    "Import-Package, org.eclipse.kura.crypto;resolution:=optional, org.eclipse.kura.crypto",
    "DynamicImport-Package, org.eclipse.kura.*, org.eclipse.kura.*",
    "Require-Bundle, org.eclipse.kura.api, org.eclipse.kura.api"
  })
  void aBundleThatNeedsKuraIsRefused(String header, String value, String name) throws IOException {
    bundle.header(header, value);
    assertRefused(new KuraOnlyInAdapter(), "needs " + name);
    assertThat(
            new KuraOnlyInAdapter()
                .complaints(
                    new BundleWriter(KuraOnlyInAdapter.ADAPTER)
                        .header(header, value)
                        .write(folder)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/eclipse/kura/KuraException.class",
        "META-INF/versions/17/org/eclipse/kura/KuraException.class",
        "lib/kura-api-stubs-1.0.0.jar"
      })
  void classesOfKuraAreRefused(String entry) throws IOException {
    bundle.entry(entry, BundleWriter.classFile(61));
    assertRefused(new NoKuraClasses(), "has Kura's own " + entry);
  }

  @Test
  void exportedPackagesOfKuraAreRefused() throws IOException {
    bundle.header("Export-Package", "org.eclipse.kura.crypto;version=1.3.0");
    assertRefused(new NoKuraClasses(), "has Kura's own org.eclipse.kura.crypto");
  }

  @ParameterizedTest
  @CsvSource({
    "io.culvert.Two, pid,        io.culvert.One, io.culvert.One, no form has the id io.culvert.One",
    "io.culvert.One, pid,        io.culvert.Two, io.culvert.Two, the form of io.culvert.Two is in",
    "io.culvert.One, pid,        io.culvert.Two, io.culvert.Two, no component is named io.culvert.Two",
    "io.culvert.One, pid,        io.culvert.One, io.culvert.Two, io.culvert.One has the form of another pid",
    "io.culvert.One, factoryPid, io.culvert.One, io.culvert.One, io.culvert.One starts without"
  })
  void aFormOfAnotherNameIsRefused(
      String id, String kind, String pid, String reference, String complaint) throws IOException {
    bundle
        .entry(SINGLETON, component(4, "io.culvert.One", "immediate='true'", ""))
        .entry(SINGLETON_FORM, form(id, kind, pid, reference));
    assertRefused(new ConfigurablePids(), complaint);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "immediate='true' configuration-pid='io.culvert.Two', ``, has configurations of another pid",
        "immediate='false', ``, is not immediate",
        "immediate='true' configuration-policy='require', ``, does not start without a configuration",
        "immediate='true', <property name='service.pid' value='a'/>, has a service.pid of its own"
      })
  void aComponentThatKuraWouldNotFindIsRefused(String attributes, String content, String complaint)
      throws IOException {
    bundle
        .entry(SINGLETON, component(4, "io.culvert.One", attributes, content))
        .entry(SINGLETON_FORM, form("io.culvert.One", "pid", "io.culvert.One", "io.culvert.One"));
    assertRefused(new ConfigurablePids(), "io.culvert.One " + complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Created-By", "Build-Jdk-Spec", "Bnd-LastModified"})
  void aHeaderThatTellsOfTheBuildIsRefused(String header) throws IOException {
    bundle.header(header, "something");
    assertRefused(new SameBytes(), "has the header " + header);
  }

  @Test
  void anotherTimeIsRefused() throws IOException {
    bundle.time(SameBytes.TIME.plusHours(1));
    assertRefused(new SameBytes(), "META-INF/MANIFEST.MF has not the time of all entries");
  }

  private void assertRefused(Rule rule, String complaint) throws IOException {
    assertThat(rule.complaints(bundle.write(folder)))
        .anySatisfy(found -> assertThat(found).contains(complaint));
  }

  private static String component(int minor, String name, String attributes, String content) {
    return String.format(COMPONENT, minor, name, attributes, content);
  }

  private static String form(String id, String kind, String pid, String reference) {
    return String.format(FORM, id, kind, pid, reference);
  }
}
