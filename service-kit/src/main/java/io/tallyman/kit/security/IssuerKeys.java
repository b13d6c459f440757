package io.tallyman.kit.security;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of the issuer of tokens, and its clock. They are fetched when they are needed for
 * the first time, and kept, so tokens can be checked while the issuer is away. They are fetched
 * again for a key that is not among them, and when they are {@link #FRESH} old; but at most once in
 * {@link #PAUSE}, so forged tokens cause few requests. After a failure they are fetched again after
 * {@link #PAUSE_AFTER_FAILURE}. The clock of this machine does not matter.
 */
public final class IssuerKeys {
  static final Duration FRESH = Duration.ofMinutes(5);
  static final Duration PAUSE = Duration.ofSeconds(10);
  static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final Supplier<String> source;
  private final LongSupplier nanoTime;
  private final ReentrantLock fetching = new ReentrantLock();

  private volatile @Nullable Kept kept;
  private volatile @Nullable Fetch last;

  /**
   * @param at when they were fetched, by {@link #nanoTime}
   */
  private record Kept(JWKSet keys, Instant issuerTime, long at) {}

  private record Fetch(long at, @Nullable RuntimeException failure) {
    private Duration pause() {
      return failure == null ? PAUSE : PAUSE_AFTER_FAILURE;
    }
  }

  /**
   * @param source fetches the JSON of the keys, a JWK set whose member {@code now} is the time of
   *     the issuer in seconds since 1970; throws what a request shall fail with if the issuer is
   *     away
   */
  public IssuerKeys(Supplier<String> source) {
    this(source, System::nanoTime);
  }

  IssuerKeys(Supplier<String> source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
  }

  /** Whether {@link #find} answers without waiting for the issuer. */
  boolean has(String id) {
    return known(id).isPresent();
  }

  /**
   * A key; may wait for the issuer. Empty if the issuer does not publish it.
   *
   * @throws RuntimeException of the source, if the issuer is away and the key is not kept
   */
  Optional<ECKey> find(String id) {
    Optional<ECKey> known = known(id);
    if (known.isPresent()) {
      if (isOlder(FRESH) && mayFetch()) {
        Thread.startVirtualThread(this::refresh);
      }
      return known;
    }
    fetching.lock();
    try {
      if (known(id).isEmpty() && mayFetch()) {
        fetch();
      }
    } finally {
      fetching.unlock();
    }
    known = known(id);
    Fetch tried = last;
    if (known.isEmpty() && tried != null && tried.failure() != null) {
      throw tried.failure();
    }
    return known;
  }

  /** The current time by the clock of the issuer. Keys must have been found before. */
  public Instant now() {
    Kept current = kept;
    if (current == null) {
      throw new IllegalStateException("No keys were fetched yet.");
    }
    return current.issuerTime().plusNanos(nanoTime.getAsLong() - current.at());
  }

  /** Fetches the keys again if that is allowed now. A failure changes nothing. */
  void refresh() {
    if (fetching.tryLock()) {
      try {
        if (mayFetch()) {
          fetch();
        }
      } finally {
        fetching.unlock();
      }
    }
  }

  private Optional<ECKey> known(String id) {
    Kept current = kept;
    return current == null
        ? Optional.empty()
        : Optional.ofNullable(current.keys().getKeyByKeyId(id))
            .filter(ECKey.class::isInstance)
            .map(ECKey.class::cast);
  }

  private boolean isOlder(Duration age) {
    Kept current = kept;
    return current == null || nanoTime.getAsLong() - current.at() > age.toNanos();
  }

  private boolean mayFetch() {
    Fetch tried = last;
    return tried == null || nanoTime.getAsLong() - tried.at() >= tried.pause().toNanos();
  }

  private void fetch() {
    try {
      JWKSet keys = JWKSet.parse(source.get());
      Object now = keys.getAdditionalMembers().get("now");
      if (!(now instanceof Number seconds)) {
        throw new IllegalStateException("The keys of the issuer do not tell its time.");
      }
      kept = new Kept(keys, Instant.ofEpochSecond(seconds.longValue()), nanoTime.getAsLong());
      last = new Fetch(nanoTime.getAsLong(), null);
    } catch (ParseException unreadable) {
      last =
          new Fetch(
              nanoTime.getAsLong(),
              new IllegalStateException("The keys of the issuer cannot be read.", unreadable));
    } catch (RuntimeException away) {
      last = new Fetch(nanoTime.getAsLong(), away);
    }
  }
}
