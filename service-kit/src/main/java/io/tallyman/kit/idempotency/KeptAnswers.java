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
 * Does what a request asks for once, however often it comes with the same {@link IdempotencyKey}:
 * the transaction that does the work also keeps the answer in the {@link IdempotencyStore}, and a
 * repeated request gets that answer. A repeated request that comes while the first is still at work
 * waits for it. A request that was refused did nothing, and is tried anew.
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

  /** What a request asks for; it is done in the current transaction. */
  public interface Creation<X extends Exception> {
    HttpResponse<?> create() throws X;
  }

  /**
   * @param body what the request says, to be written as JSON
   * @throws IdempotencyKeyReused if an earlier request with the key said something else
   */
  public <X extends Exception> HttpResponse<?> once(
      HttpRequest<?> request, Object body, Creation<X> creation) throws X {
    return once(request, Digest.of(written(body)), creation);
  }

  /**
   * @throws IdempotencyKeyReused if an earlier request with the key said something else
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
    // Outside of the transaction: comparing may take long.
    return answer.get();
  }

  /**
   * The answer that was made before, if this request is a repeated one and the first has ended.
   * Asks without waiting and takes no key: for what is to be spared a repeated request.
   *
   * @throws IdempotencyKeyReused if an earlier request with the key said something else
   */
  public Optional<HttpResponse<?>> replay(HttpRequest<?> request, Fingerprint fingerprint) {
    return find(request).map(kept -> again(kept, fingerprint));
  }

  /** Whether the request repeats one, as far as its key tells; then its answer is there. */
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
