package io.tallyman.kit.idempotency;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Does what a request asks for once, however often it comes with the same {@link IdempotencyKey}:
 * the answer is kept in the transaction that did it, and given again. A repetition that comes while
 * the first is still at work waits for it. A request that was refused did nothing, and is tried
 * anew.
 *
 * <p>Needs the table {@code kept_answer} in the service's database, unique by (principal, route,
 * key); a route is the method and the path.
 */
@Singleton
@Requires(classes = Jdbi.class)
public final class KeptAnswers {
  private static final int BATCH = 1_000;
  private static final String SAME = "principal = :principal AND route = :route AND key = :key";

  private final Jdbi jdbi;
  private final JsonMapper json;
  private final IdempotencyConfiguration configuration;

  KeptAnswers(Jdbi jdbi, JsonMapper json, IdempotencyConfiguration configuration) {
    this.jdbi = jdbi;
    this.json = json;
    this.configuration = configuration;
  }

  /** What a request asks for. */
  public interface Creation<X extends Exception> {
    HttpResponse<?> in(Handle transaction) throws X;
  }

  /** The request that a kept answer belongs to. */
  public record Repeatable(String principal, String route, String key) {}

  public record Kept(String fingerprint, int status, @Nullable String location, String body) {}

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
    Optional<String> key = IdempotencyKey.of(request);
    if (key.isEmpty()) {
      return jdbi.inTransaction(creation::in);
    }
    Repeatable repeatable = repeatable(request, key.get());
    String made = fingerprint.make();
    Supplier<HttpResponse<?>> answer =
        jdbi.inTransaction(
            transaction -> {
              if (!isFirst(transaction, repeatable)) {
                Kept kept = find(transaction, repeatable).orElseThrow();
                return () -> again(kept, fingerprint);
              }
              HttpResponse<?> first = keep(transaction, repeatable, made, creation.in(transaction));
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
    return IdempotencyKey.of(request)
        .flatMap(key -> jdbi.withHandle(handle -> find(handle, repeatable(request, key))))
        .map(kept -> again(kept, fingerprint));
  }

  /** Whether the request repeats one, as far as its key tells; then its answer is there. */
  public boolean has(HttpRequest<?> request) {
    return IdempotencyKey.of(request)
        .flatMap(key -> jdbi.withHandle(handle -> find(handle, repeatable(request, key))))
        .isPresent();
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void forget() {
    int forgotten;
    do {
      forgotten =
          jdbi.withHandle(
              handle ->
                  handle
                      .createUpdate(
                          """
                          DELETE FROM kept_answer WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM kept_answer
                            WHERE kept_at < now() - :retention
                            LIMIT :batch))
                          """)
                      .bind("retention", configuration.retention())
                      .bind("batch", BATCH)
                      .execute());
    } while (forgotten == BATCH);
  }

  /** Waits while another transaction inserts the same key, until that is committed or gone. */
  private boolean isFirst(Handle transaction, Repeatable repeatable) {
    of(
            repeatable,
            transaction.createUpdate(
                "DELETE FROM kept_answer WHERE kept_at < now() - :retention AND " + SAME))
        .bind("retention", configuration.retention())
        .execute();
    return of(
                repeatable,
                transaction.createUpdate(
                    """
                    INSERT INTO kept_answer (principal, route, key)
                    VALUES (:principal, :route, :key)
                    ON CONFLICT DO NOTHING
                    """))
            .execute()
        == 1;
  }

  private HttpResponse<?> keep(
      Handle transaction, Repeatable repeatable, String fingerprint, HttpResponse<?> answer) {
    of(
            repeatable,
            transaction.createUpdate(
                "UPDATE kept_answer SET fingerprint = :fingerprint, status = :status,"
                    + " location = :location, body = :body WHERE "
                    + SAME))
        .bind("fingerprint", fingerprint)
        .bind("status", answer.code())
        .bind("location", answer.getHeaders().get(HttpHeaders.LOCATION))
        .bind("body", new String(written(answer.body()), StandardCharsets.UTF_8))
        .execute();
    return answer;
  }

  private Optional<Kept> find(Handle handle, Repeatable repeatable) {
    return of(
            repeatable,
            handle.createQuery(
                "SELECT fingerprint, status, location, body FROM kept_answer"
                    + " WHERE kept_at >= now() - :retention AND "
                    + SAME))
        .bind("retention", configuration.retention())
        .map(ConstructorMapper.of(Kept.class))
        .findOne();
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

  private static Repeatable repeatable(HttpRequest<?> request, String key) {
    String principal = request.getUserPrincipal().map(Principal::getName).orElse("");
    return new Repeatable(principal, request.getMethodName() + " " + request.getPath(), key);
  }

  private static <S extends SqlStatement<S>> S of(Repeatable repeatable, S statement) {
    return statement.bindMethods(repeatable);
  }

  private byte[] written(@Nullable Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
