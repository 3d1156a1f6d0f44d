// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** A source that each test configures, and deliveries of its configurations. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
abstract class SourceFixture {
  @InjectBundleContext BundleContext context;
  @InjectService ConfigurationAdmin admin;
  @InjectService ServiceComponentRuntime components;
  @TempDir Path folder;
  SourceRig rig;
  Deliveries deliveries;

  @BeforeEach
  void open() throws Exception {
    deliveries = new Deliveries(CoreBundle.in(context), components);
    rig = new SourceRig(context, admin, folder);
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }
}
