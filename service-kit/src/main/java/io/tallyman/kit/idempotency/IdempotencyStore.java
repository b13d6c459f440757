package io.tallyman.kit.idempotency;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stores answers to requests under the keys of the requests, for {@code
 * tallyman.idempotency.retention}. A transaction takes the keys of its requests, does the work of
 * those that have no answer yet, and stores their answers. So the work and its answer are committed
 * together, or neither is.
 *
 * <p>Needs the table {@code kept_answer} in the service's database, unique by (principal, route,
 * key); a route is the method and the path. Needs the isolation level READ COMMITTED.
 */
@Singleton
@Requires(classes = JdbcRepository.class)
public final class IdempotencyStore {
  private static final int BATCH = 1_000;

  private final KeptAnswerRows rows;
  private final double retention;

  IdempotencyStore(KeptAnswerRows rows, IdempotencyConfiguration configuration) {
    this.rows = rows;
    this.retention = configuration.retention().toSeconds();
  }

  /** The request that a kept answer belongs to. */
  public record Key(String principal, String route, String key) {
    private static Key of(KeptAnswer row) {
      return new Key(row.principal(), row.route(), row.key());
    }
  }

  public record Kept(String fingerprint, int status, @Nullable String location, String body) {
    private static Kept of(KeptAnswer row) {
      return new Kept(
          requireNonNull(row.fingerprint()),
          requireNonNull(row.status()),
          row.location(),
          requireNonNull(row.body()));
    }
  }

  /**
   * Takes keys for the current transaction. Waits while another transaction has taken one of them,
   * until that is committed or rolled back. All transactions take their keys in the same order, so
   * they do not wait for each other in a circle.
   *
   * @return the answers that are kept already; the transaction has taken all other keys and must
   *     {@link #keep} an answer for each of them, or be rolled back
   */
  public Map<Key, Kept> take(Set<Key> keys) {
    Set<Key> others = new HashSet<>(keys);
    rows.take(
            column(keys, Key::principal),
            column(keys, Key::route),
            column(keys, Key::key),
            retention)
        .forEach(row -> others.remove(Key.of(row)));
    return others.isEmpty() ? Map.of() : find(others);
  }

  /** Keeps the answers to requests whose keys the current transaction has taken. */
  public void keep(Map<Key, Kept> answers) {
    Set<Key> keys = answers.keySet();
    Collection<Kept> kept = answers.values();
    rows.keep(
        column(keys, Key::principal),
        column(keys, Key::route),
        column(keys, Key::key),
        column(kept, Kept::fingerprint),
        kept.stream().map(Kept::status).toArray(Integer[]::new),
        column(kept, Kept::location),
        column(kept, Kept::body));
  }

  /** The answers that are kept under some keys. Waits for nothing and takes no key. */
  public Map<Key, Kept> find(Set<Key> keys) {
    return rows
        .find(
            column(keys, Key::principal),
            column(keys, Key::route),
            column(keys, Key::key),
            retention)
        .stream()
        .collect(Collectors.toMap(Key::of, Kept::of));
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void forget() {
    int forgotten;
    do {
      forgotten = rows.deleteExpired(retention, BATCH);
    } while (forgotten == BATCH);
  }

  private static <T> String[] column(Collection<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
