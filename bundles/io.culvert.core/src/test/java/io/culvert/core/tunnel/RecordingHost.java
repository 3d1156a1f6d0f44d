// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.Tunnel;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.config.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what is asked of it; opens nothing, and refuses the name {@code refused}. For one
 * thread.
 */
final class RecordingHost implements TunnelHost {
  final List<String> events = new ArrayList<>();
  final List<Follower> followers = new ArrayList<>();

  @Override
  public Tunnel open(TunnelSpec spec, TunnelListener listener) {
    return replace(null, spec, listener);
  }

  @Override
  public Tunnel replace(@Nullable Tunnel old, TunnelSpec spec, TunnelListener listener) {
    refuse(spec.name());
    if (old != null) {
      old.close();
    }
    events.add("open " + spec.name() + " " + spec.endpoint());
    return recorded(String.valueOf(spec.endpoint()));
  }

  @Override
  public boolean remap(Tunnel tunnel, TunnelSpec spec, Follower follower) {
    return false;
  }

  @Override
  public Tunnel reserve(
      @Nullable Tunnel old, String name, TunnelMode mode, TunnelState state, TunnelFailure why) {
    refuse(name);
    if (old != null) {
      old.close();
    }
    events.add("reserve " + name + " " + mode + " " + state + " " + why);
    return recorded(name);
  }

  private void refuse(String name) {
    if (name.equals("refused")) {
      throw new ConfigurationException("name", "refused", "refused by the test");
    }
  }

  private Tunnel recorded(String what) {
    return new Tunnel() {
      @Override
      public TunnelStatus status() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {
        events.add("close " + what);
      }
    };
  }

  @Override
  public boolean hasEndpoint() {
    return false;
  }

  @Override
  public boolean maps(Set<String> services) {
    return false;
  }

  @Override
  public @Nullable Path stateFolder() {
    return null;
  }

  @Override
  public List<TunnelStatus> tunnels() {
    return List.of();
  }

  @Override
  public boolean waits(TunnelSpec spec) {
    return false;
  }

  @Override
  public String endpoint(TunnelSpec spec) {
    return "";
  }

  @Override
  public void follow(Follower follower) {
    followers.add(follower);
  }

  @Override
  public void unfollow(Follower follower) {
    followers.remove(follower);
  }
}
