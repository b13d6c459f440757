package io.tallyman.user;

import io.micronaut.context.annotation.Factory;
import io.tallyman.kit.credential.InternalCallers;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** Who may use which internal routes. */
@Factory
final class InternalRoutes {
  @Singleton
  InternalCallers callers() {
    return new InternalCallers(
        Map.of("worker", Set.of("users"), "gateway", Set.of("provider-sessions")));
  }
}
