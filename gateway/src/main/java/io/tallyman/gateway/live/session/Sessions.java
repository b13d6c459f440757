package io.tallyman.gateway.live.session;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.gateway.live.LiveEvents;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * All open sessions. When the process stops, they are closed first. The server would end their
 * connections without a word.
 */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Sessions implements GracefulShutdownCapable {
  private static final int LONGEST_STOP_SECONDS = 5;

  private final LiveEvents events;
  private final Visibility visibility;
  private final LiveConfiguration configuration;
  private final Limits limits;
  private final OutboxBudget budget;

  private final Set<Session> open = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> allEnded = new CompletableFuture<>();
  private volatile boolean stopping;

  Sessions(
      LiveEvents events,
      Visibility visibility,
      LiveConfiguration configuration,
      Limits limits,
      OutboxBudget budget) {
    this.events = events;
    this.visibility = visibility;
    this.configuration = configuration;
    this.limits = limits;
    this.budget = budget;
  }

  /**
   * Opens a session. Call {@link #ended} when its connection is gone.
   *
   * @throws TooManySessions if a limit is reached
   */
  public Session open(Viewer viewer, Transport transport) {
    limits.addSession(viewer.address());
    Outbox outbox = new Outbox(transport, budget, configuration.outboxBytes());
    Session session = new Session(viewer, transport, outbox, events, visibility, limits);
    open.add(session);
    if (stopping) {
      session.close(Close.RESTART);
    }
    return session;
  }

  /** The connection of a session is gone. May be called more than once. */
  public void ended(Session session) {
    if (open.remove(session)) {
      session.abandon();
      limits.removeSession(session.viewer().address());
    }
    endIfStopping();
  }

  /** The number of open sessions. */
  public int count() {
    return open.size();
  }

  /** How many bytes wait to be sent. */
  public long outboxBytes() {
    return budget.bytes();
  }

  /**
   * Tells all clients to connect to another gateway, because this process stops. Waits until they
   * have got it, but not for clients that do not read.
   */
  @Override
  public CompletionStage<?> shutdownGracefully() {
    stopping = true;
    open.forEach(session -> session.close(Close.RESTART));
    endIfStopping();
    return allEnded.completeOnTimeout(null, LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
  }

  private void endIfStopping() {
    if (stopping && open.isEmpty()) {
      allEnded.complete(null);
    }
  }

  @Scheduled(fixedDelay = "1s")
  void tick() {
    open.forEach(Session::tick);
  }
}
