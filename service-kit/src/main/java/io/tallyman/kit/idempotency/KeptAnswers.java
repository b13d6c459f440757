package io.tallyman.kit.idempotency;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.kit.idempotency.IdempotencyStore.Kept;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does the work of a request once, however often it is sent with the same {@link IdempotencyKey}.
 * The transaction that does the work also stores the answer in the {@link IdempotencyStore}, and a
 * repeated request gets that answer. A request that is repeated while the first one is running
 * waits for it. A request that was rejected did nothing, so its repetition is processed as a new
 * request.
 */
@Singleton
@Requires(classes = JdbcRepository.class)
public final class KeptAnswers {
  private final IdempotencyStore store;
  private final RequestTransactions transactions;
  private final JsonMapper json;

  KeptAnswers(IdempotencyStore store, RequestTransactions transactions, JsonMapper json) {
    this.store = store;
    this.transactions = transactions;
    this.json = json;
  }

  /**
   * Whether the request has an {@link IdempotencyKey}.
   *
   * @throws BadIdempotencyKey if it has one that cannot be used
   */
  public static boolean isKeyed(HttpRequest<?> request) {
    return IdempotencyKey.of(request).isPresent();
  }

  /** The work of a request. It runs in the current transaction. */
  public interface Creation<X extends Exception> {
    HttpResponse<?> create() throws X;
  }

  /**
   * @param body the content of the request, which is compared as JSON
   * @throws IdempotencyKeyReused if an earlier request with the key was different
   */
  public <X extends Exception> HttpResponse<?> once(
      HttpRequest<?> request, Object body, Creation<X> creation) throws X {
    return once(request, Digest.of(written(body)), creation);
  }

  /**
   * @throws IdempotencyKeyReused if an earlier request with the key was different
   */
  public <X extends Exception> HttpResponse<?> once(
      HttpRequest<?> request, Fingerprint fingerprint, Creation<X> creation) throws X {
    Optional<IdempotencyStore.Key> sent = key(request);
    if (sent.isEmpty()) {
      return transactions.write(creation::create);
    }
    IdempotencyStore.Key key = sent.get();
    String made = fingerprint.make();
    Supplier<HttpResponse<?>> answer =
        transactions.<Supplier<HttpResponse<?>>, X>write(
            () -> {
              @Nullable Kept earlier = store.take(Set.of(key)).get(key);
              if (earlier != null) {
                return () -> again(earlier, fingerprint);
              }
              HttpResponse<?> first = creation.create();
              store.keep(Map.of(key, kept(made, first)));
              return () -> first;
            });
    // Outside of the transaction, because comparing passwords takes long.
    return answer.get();
  }

  /**
   * Returns the kept answer, if this request is repeated and the first one has ended. It does not
   * wait and takes no key. Use it before work that a repeated request does not need.
   *
   * @throws IdempotencyKeyReused if an earlier request with the key was different
   */
  public Optional<HttpResponse<?>> replay(HttpRequest<?> request, Fingerprint fingerprint) {
    return find(request).map(kept -> again(kept, fingerprint));
  }

  /** Whether an answer is kept under the key of the request. */
  public boolean has(HttpRequest<?> request) {
    return find(request).isPresent();
  }

  private Optional<Kept> find(HttpRequest<?> request) {
    return key(request).flatMap(key -> Optional.ofNullable(store.find(Set.of(key)).get(key)));
  }

  private Kept kept(String fingerprint, HttpResponse<?> answer) {
    return new Kept(
        fingerprint,
        answer.code(),
        answer.getHeaders().get(HttpHeaders.LOCATION),
        new String(written(answer.body()), StandardCharsets.UTF_8));
  }

  private static HttpResponse<?> again(Kept kept, Fingerprint fingerprint) {
    if (!fingerprint.matches(kept.fingerprint())) {
      throw new IdempotencyKeyReused();
    }
    MutableHttpResponse<String> answer =
        HttpResponse.<String>status(HttpStatus.valueOf(kept.status()))
            .body(kept.body())
            .contentType(MediaType.APPLICATION_JSON_TYPE)
            .header(IdempotencyKey.REPLAYED, "true");
    return kept.location() == null ? answer : answer.header(HttpHeaders.LOCATION, kept.location());
  }

  private static Optional<IdempotencyStore.Key> key(HttpRequest<?> request) {
    String principal = request.getUserPrincipal().map(Principal::getName).orElse("");
    String route = request.getMethodName() + " " + request.getPath();
    return IdempotencyKey.of(request).map(key -> new IdempotencyStore.Key(principal, route, key));
  }

  private byte[] written(@Nullable Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
