package io.tallyman.gateway.live.sse;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.tallyman.gateway.live.session.LiveConfiguration;
import io.tallyman.gateway.live.session.Session;
import io.tallyman.gateway.live.session.Sessions;
import io.tallyman.gateway.live.session.Viewer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Answers requests with streams of events. */
@Singleton
final class Streams {
  private final Sessions sessions;
  private final LiveConfiguration configuration;

  Streams(Sessions sessions, LiveConfiguration configuration) {
    this.sessions = sessions;
    this.configuration = configuration;
  }

  /**
   * Answers when the client follows what it wants.
   *
   * @param follow starts a subscription
   */
  CompletionStage<HttpResponse<?>> answer(
      HttpRequest<?> request,
      boolean ofOneTask,
      Function<Session, CompletableFuture<List<UUID>>> follow) {
    if (request.getMethod() == HttpMethod.HEAD) {
      return CompletableFuture.completedFuture(head());
    }
    Channel channel = channel(request);
    EventStream stream = new EventStream(channel, ofOneTask, configuration.commentInterval());
    Session session = sessions.open(Viewer.of(request), stream);
    Runnable end = endWith(channel, session);
    session.send(EventStream.retry());
    CompletableFuture<List<UUID>> following;
    try {
      following = follow.apply(session);
    } catch (RuntimeException refusal) {
      following = CompletableFuture.failedFuture(refusal);
    }
    return following.<HttpResponse<?>>handle(
        (_, failure) -> {
          // If the gateway stops, the stream ends at once, and the client connects to another one.
          if (failure == null || Session.hasEnded(failure)) {
            return head().body(ended(stream.body(), end));
          }
          end.run();
          throw failure instanceof CompletionException wrapped
              ? wrapped
              : new CompletionException(failure);
        });
  }

  private static MutableHttpResponse<Object> head() {
    return HttpResponse.ok()
        .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        // A reverse proxy such as nginx would collect the events.
        .header("X-Accel-Buffering", "no");
  }

  private static Publisher<byte[]> ended(Publisher<byte[]> body, Runnable end) {
    return Flux.from(body).doFinally(_ -> end.run());
  }

  /** A connection may close before the body is subscribed to, and may serve more requests later. */
  private Runnable endWith(@Nullable Channel channel, Session session) {
    if (channel == null) {
      return () -> sessions.ended(session);
    }
    ChannelFutureListener gone = _ -> sessions.ended(session);
    channel.closeFuture().addListener(gone);
    return () -> {
      channel.closeFuture().removeListener(gone);
      sessions.ended(session);
    };
  }

  private static @Nullable Channel channel(HttpRequest<?> request) {
    return request instanceof NettyHttpRequest<?> netty
        ? netty.getChannelHandlerContext().channel()
        : null;
  }
}
