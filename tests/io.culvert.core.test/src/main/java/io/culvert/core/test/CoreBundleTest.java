// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;

/** The finished bundles in a real framework: resolved, started, native code found. */
@ExtendWith(BundleContextExtension.class)
class CoreBundleTest {
  @InjectBundleContext BundleContext context;

  /** The tester may still be starting. */
  @Test
  void everyBundleIsActive() {
    assertThat(context.getBundles())
        .filteredOn(bundle -> !bundle.getSymbolicName().startsWith("biz.aQute.tester"))
        .extracting(Bundle::getSymbolicName, Bundle::getState)
        .allSatisfy(row -> assertThat(row.toList().get(1)).as("%s", row).isEqualTo(Bundle.ACTIVE));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @DisabledIfSystemProperty(named = "io.netty.transport.noNative", matches = "true")
  void nativeTransportIsFoundInsideTheBundle() throws ReflectiveOperationException {
    Class<?> epoll = CoreBundle.in(context).loadClass("io.netty.channel.epoll.Epoll");
    assertThat(epoll.getMethod("unavailabilityCause").invoke(null)).isNull();
  }

  @Test
  void nettyIsNotVisibleToOthers() {
    assertThatThrownBy(() -> context.getBundle().loadClass("io.netty.channel.Channel"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
