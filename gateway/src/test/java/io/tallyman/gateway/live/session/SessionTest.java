package io.tallyman.gateway.live.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.live.LiveEvents;
import io.tallyman.gateway.live.StandInEvents;
import io.tallyman.kit.security.TokenPrincipal;
import jakarta.inject.Inject;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@MicronautTest
final class SessionTest extends GatewayTest {
  private static final int BYTES = 100_000;

  @Inject LiveEvents events;
  @Inject Visibility visibility;
  @Inject Limits limits;
  @Inject OutboxBudget budget;

  @Test
  void subscriptionThatBeginsWhileItsSessionEndsIsForgotten() {
    UUID task = new StandInEvents(billing).task("PENDING");

    WeakReference<Transport> ended = followWhileItEnds(task);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              System.gc();
              return ended.refersTo(null);
            });
  }

  private WeakReference<Transport> followWhileItEnds(UUID task) {
    Transport transport = new SlowClient();
    Session session =
        new Session(
            viewer(), transport, new Outbox(transport, budget, BYTES), events, visibility, limits);

    assertThat(session.follow("a", List.of(task), endingWhenRead(session)))
        .isCompletedExceptionally();
    return new WeakReference<>(transport);
  }

  /** What the client has, which is read after the subscription was added to the session. */
  private static Map<UUID, Integer> endingWhenRead(Session session) {
    return new AbstractMap<>() {
      @Override
      public Integer getOrDefault(Object task, Integer other) {
        session.abandon();
        return other;
      }

      @Override
      public Set<Entry<UUID, Integer>> entrySet() {
        return Set.of();
      }
    };
  }

  @SuppressWarnings("NullAway") // its admission is not asked
  private static Viewer viewer() {
    return new Viewer("127.0.0.1", "a", new TokenPrincipal("3", Set.of("viewer")), null);
  }
}
