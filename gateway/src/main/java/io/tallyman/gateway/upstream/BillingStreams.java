package io.tallyman.gateway.upstream;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.http.ByteBodyHttpResponse;
import io.micronaut.http.ByteBodyHttpResponseWrapper;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.stream.BodySizeLimits;
import io.micronaut.http.client.RawHttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.http.context.ServerHttpRequestContext;
import io.micronaut.json.JsonMapper;
import io.netty.channel.Channel;
import io.tallyman.gateway.transfer.TransferSlots;
import io.tallyman.gateway.transfer.TransferSlots.Slot;
import io.tallyman.kit.addressee.Addressee;
import io.tallyman.kit.idempotency.IdempotencyKey;
import io.tallyman.kit.problem.IncompleteBody;
import io.tallyman.kit.problem.Problem;
import io.tallyman.kit.problem.Refusal;
import io.tallyman.kit.request.RequestId;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.ClientAddress;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Streams bodies of any size to and from billing-service, without holding them in memory. If a
 * client disconnects in the middle, the connection to billing-service is closed too:
 * billing-service sees an incomplete body, and stops sending.
 */
@Singleton
public final class BillingStreams {
  private static final Logger LOG = LoggerFactory.getLogger(BillingStreams.class);

  private final Lane uploads;
  private final Lane downloads;
  private final URI service;
  private final JsonMapper json;
  private final TransferSlots slots;

  /** What uploads do not take from downloads, and downloads not from uploads. */
  private record Lane(RawHttpClient client, Semaphore places) {}

  BillingStreams(
      @Client("billing-service-uploads") RawHttpClient uploads,
      @Client("billing-service-downloads") RawHttpClient downloads,
      @Value("${tallyman.billing-service.url}") URI service,
      JsonMapper json,
      TransferSlots slots,
      UpstreamConfiguration configuration) {
    int most = configuration.streamConnections() + configuration.maxWaiting();
    this.uploads = new Lane(uploads, new Semaphore(most));
    this.downloads = new Lane(downloads, new Semaphore(most));
    this.service = service;
    this.json = json;
    this.slots = slots;
  }

  /**
   * Passes on the body of a client's request, and waits for the answer.
   *
   * @param request its URI is relative to the service
   * @param answer the type of the JSON in an answer below 400
   * @throws UpstreamProblem if the service rejected the request, or sent no valid answer
   * @throws IncompleteBody if the body of the client is malformed or arrives too slowly; the
   *     service got an incomplete body
   * @throws Refusal if the sender has too many uploads
   */
  public <T> T upload(MutableHttpRequest<?> request, ServerHttpRequest<?> from, Class<T> answer) {
    try (var _ = slots.upload(from)) {
      ByteBodyHttpResponse<?> accepted = exchange(request, from.byteBody().move());
      accepted
          .getHeaders()
          .findFirst(IdempotencyKey.REPLAYED)
          .ifPresent(replayed -> from.setAttribute(IdempotencyKey.REPLAYED, replayed));
      return read(accepted, answer)
          .orElseThrow(
              () -> UpstreamProblem.answered(Services.BILLING, accepted.code(), Optional.empty()));
    }
  }

  /**
   * Requests a body, which is written to the client as a stream.
   *
   * @param request its URI is relative to the service
   * @return an answer below 400, for this client only; its body must be written or closed, except
   *     for a 304, which has no body
   * @throws UpstreamProblem if the service rejected the request or did not answer
   * @throws Refusal if the client has too many downloads
   */
  public ByteBodyHttpResponse<?> download(
      MutableHttpRequest<?> request, ServerHttpRequest<?> client) {
    Slot slot = slots.download(client);
    try {
      return download(request, client, slot);
    } catch (RuntimeException failure) {
      slot.close();
      throw failure;
    }
  }

  private ByteBodyHttpResponse<?> download(
      MutableHttpRequest<?> request, ServerHttpRequest<?> client, Slot slot) {
    ByteBodyHttpResponse<?> answer = exchange(request, null);
    if (answer.status() == HttpStatus.NOT_MODIFIED) {
      answer.close();
      slot.close();
      return answer;
    }
    AtomicBoolean ended = new AtomicBoolean();
    Runnable leave =
        () -> {
          slot.close();
          if (!ended.get()) {
            abandon(request);
          }
        };
    Flux<ReadBuffer> bytes =
        Flux.from(answer.byteBody().toReadBufferPublisher())
            .doOnTerminate(
                () -> {
                  ended.set(true);
                  slot.close();
                })
            .doOnCancel(leave);
    // A body belongs to the thread of its connection, so the client's connection needs its own
    // body.
    // If the client disconnected before the answer arrived, nothing reads or cancels the body.
    return ByteBodyHttpResponseWrapper.wrap(
        answer,
        client
            .byteBodyFactory()
            .adapt(bytes, BodySizeLimits.UNLIMITED, answer.getHeaders(), leave));
  }

  /**
   * Requests the headers of a download with HEAD.
   *
   * @param request its URI is relative to the service
   * @return the answer, even if its status is an error, because an answer to HEAD has no problem
   * @throws UpstreamProblem if the service failed or gave no answer
   */
  public HttpResponse<?> describe(MutableHttpRequest<?> request) {
    request.uri(service.resolve(request.getUri()));
    try (ByteBodyHttpResponse<?> answer = send(request, null)) {
      if (answer.code() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()
          || answer.code() == HttpStatus.MISDIRECTED_REQUEST.getCode()) {
        throw UpstreamProblem.answered(Services.BILLING, answer.code(), Optional.empty());
      }
      return answer;
    }
  }

  private ByteBodyHttpResponse<?> exchange(
      MutableHttpRequest<?> request, @Nullable CloseableByteBody body) {
    request.uri(service.resolve(request.getUri()));
    ByteBodyHttpResponse<?> answer = send(request, body);
    if (answer.code() < HttpStatus.BAD_REQUEST.getCode()) {
      return answer;
    }
    Optional<String> contentRange = answer.getHeaders().findFirst(HttpHeaders.CONTENT_RANGE);
    throw UpstreamProblem.answered(Services.BILLING, answer.code(), read(answer, Problem.class))
        .with(contentRange.map(range -> Map.of(HttpHeaders.CONTENT_RANGE, range)).orElse(Map.of()));
  }

  private ByteBodyHttpResponse<?> send(
      MutableHttpRequest<?> request, @Nullable CloseableByteBody body) {
    Lane lane = body == null ? downloads : uploads;
    if (!lane.places().tryAcquire()) {
      if (body != null) {
        body.close();
      }
      throw UpstreamProblem.overloaded(Services.BILLING);
    }
    // No client filter runs for this client.
    request.header(Addressee.HEADER, Services.BILLING);
    AccessToken.current().ifPresent(request::bearerAuth);
    RequestId.current().ifPresent(id -> request.header(RequestId.HEADER, id));
    ServerHttpRequestContext.find()
        .ifPresent(client -> request.header(ClientAddress.HEADER, ClientAddress.of(client)));
    try {
      Mono<?> answer = Mono.from(lane.client().exchange(request, body, null));
      // An upload is answered when the client has sent all of it. A download must begin
      // immediately.
      return (body == null ? answer.timeout(PromptReads.DEADLINE) : answer)
          .ofType(ByteBodyHttpResponse.class)
          .blockOptional()
          .orElseThrow();
    } catch (RuntimeException failure) {
      abandon(request);
      IncompleteBody.throwIfCauseOf(failure);
      LOG.warn(
          "{} {} at {} got no answer ({}); the client, if it still waits, gets a 503 and can try"
              + " again",
          request.getMethodName(),
          request.getPath(),
          Services.BILLING,
          failure.toString());
      throw UpstreamProblem.unavailable(Services.BILLING);
    } finally {
      lane.places().release();
    }
  }

  // The HTTP client would keep a half-sent request open, and would read an unwanted answer
  // completely. Only the channel in this attribute, which is Netty's, can stop that.
  // HeldConnectionsTest fails if the attribute is no longer set.
  @SuppressWarnings("FutureReturnValueIgnored") // nothing has to follow the close
  private static void abandon(HttpRequest<?> request) {
    request.getAttribute("netty_channel", Channel.class).ifPresent(Channel::close);
  }

  private <T> Optional<T> read(ByteBodyHttpResponse<?> answer, Class<T> type) {
    try (answer;
        CloseableAvailableByteBody body = answer.byteBody().buffer().join()) {
      return Optional.ofNullable(json.readValue(body.toByteArray(), type));
    } catch (CompletionException cutOff) {
      LOG.warn(
          "An answer of {} ended too early ({}); the client gets a 503 and can try again",
          Services.BILLING,
          cutOff.toString());
      throw UpstreamProblem.unavailable(Services.BILLING);
    } catch (IOException somethingElse) {
      return Optional.empty();
    }
  }
}
