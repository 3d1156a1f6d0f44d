// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.StateDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Where client tokens are kept: as configured, else where the platform says by a service, else by a
 * framework property, else nowhere. Safe for all threads.
 */
@Component(name = "io.culvert.StateFolder", service = StateFolder.class)
public final class StateFolder {
  static final String PROPERTY = "io.culvert.state.dir";

  private final @Nullable Path fallback;
  private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  private volatile @Nullable StateDirectory platform;

  /**
   * Starts without a service; it may come at any time.
   *
   * @param context knows the framework property.
   */
  @Activate
  public StateFolder(BundleContext context) {
    String property = context.getProperty(PROPERTY);
    this.fallback = property == null || property.isBlank() ? null : Path.of(property);
  }

  /** Takes the platform's service, which may come at any time. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setPlatform(StateDirectory directory) {
    platform = directory;
    followers.forEach(Runnable::run);
  }

  void unsetPlatform(StateDirectory gone) {
    if (platform == gone) {
      platform = null;
    }
  }

  /**
   * Adds who wants to know when the platform has said where to keep things.
   *
   * @param changed runs on the thread that brought the service; must not throw, nor wait.
   */
  public void follow(Runnable changed) {
    followers.add(changed);
  }

  /**
   * Removes a follower; a call that is under way may still come.
   *
   * @param changed what was added.
   */
  public void unfollow(Runnable changed) {
    followers.remove(changed);
  }

  /**
   * Returns the folder as things are now.
   *
   * @param configured what the configuration says.
   * @return the folder, which need not be there; null for none.
   */
  @Nullable Path path(@Nullable Path configured) {
    StateDirectory service = platform;
    return configured != null ? configured : service != null ? service.path() : fallback;
  }
}
