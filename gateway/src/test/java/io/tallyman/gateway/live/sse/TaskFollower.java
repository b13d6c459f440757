package io.tallyman.gateway.live.sse;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.http.sse.Event;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Follows tasks. After each disconnect it connects again, after a growing, random delay. */
@Singleton
public final class TaskFollower {
  private static final Set<String> ENDS = Set.of("task.succeeded", "task.failed", "task.revoked");
  private static final Duration SHORTEST_DELAY = Duration.ofMillis(500);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  private final Gateway gateway;

  TaskFollower(Gateway gateway) {
    this.gateway = gateway;
  }

  @Client(id = "gateway", path = "/api/v1/tasks")
  @Header(name = "Authorization", value = "Bearer ${tallyman.api-key}")
  interface Gateway {
    @Get(uri = "/{id}/events", consumes = MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<TaskEvent>> eventsAfter(UUID id, @Header("Last-Event-ID") int seq);
  }

  /**
   * @param seq null for progress
   * @param task the task as GET shows it, in the last of several events that come together
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  public record TaskEvent(
      String type,
      UUID taskId,
      @Nullable Integer seq,
      @Nullable String reason,
      @Nullable JsonNode progress,
      @Nullable JsonNode task) {
    public boolean isEnd() {
      return ENDS.contains(type);
    }
  }

  /** Each event once and in order, until the task has ended. Fails if there is no such task. */
  public Flow.Publisher<TaskEvent> follow(UUID task) {
    return JdkFlowAdapter.publisherToFlowPublisher(
        Flux.defer(() -> follow(task, new AtomicInteger())));
  }

  private Flux<TaskEvent> follow(UUID task, AtomicInteger last) {
    return Flux.defer(() -> gateway.eventsAfter(task, last.get()))
        .concatWith(Mono.error(() -> new EOFException("The gateway has ended the stream.")))
        .map(Event::getData)
        .doOnNext(event -> last.accumulateAndGet(event.seq() == null ? 0 : event.seq(), Math::max))
        .retryWhen(
            Retry.backoff(Long.MAX_VALUE, SHORTEST_DELAY)
                .maxBackoff(LONGEST_DELAY)
                .transientErrors(true)
                .filter(TaskFollower::mayPass))
        .takeUntil(TaskEvent::isEnd);
  }

  private static boolean mayPass(Throwable failure) {
    return !(failure instanceof HttpClientResponseException refusal)
        || refusal.code() >= 500
        || refusal.code() == 429;
  }
}
