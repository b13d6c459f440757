package io.tallyman.user.login;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.tallyman.kit.rate.RateLimit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * Delays the guessing of passwords. Failures are limited for each address, for each account from
 * one address, and for each account. The last limit does not hold for addresses from which the
 * owner of the account has logged in, so nobody can lock the owner out from elsewhere. Each
 * instance counts for itself.
 */
@Singleton
public final class LoginThrottle {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final BiPredicate<String, String> isKnown;
  private final RateLimit byPair;
  private final RateLimit byAddress;
  private final RateLimit byAccount;

  @Inject
  LoginThrottle(LoginConfiguration configuration, LoginRows rows) {
    this(configuration, rows::isKnown, TimeMeter.SYSTEM_NANOTIME);
  }

  /**
   * @param isKnown whether the owner of this account has logged in from this address
   */
  LoginThrottle(
      LoginConfiguration configuration, BiPredicate<String, String> isKnown, TimeMeter clock) {
    this.isKnown = isKnown;
    this.byPair = new RateLimit(configuration.failures(), PERIOD, clock);
    this.byAddress = new RateLimit(configuration.failuresPerAddress(), PERIOD, clock);
    this.byAccount = new RateLimit(configuration.failuresPerAccount(), PERIOD, clock);
  }

  /**
   * Checks a password. It counts as failed if the result is empty.
   *
   * @throws TooManyFailures if it must not be tried now; it does not count then
   */
  public <T> Optional<T> attempt(String username, String address, Supplier<Optional<T>> check) {
    List<Taken> taken = begin(username, address);
    boolean failed = false;
    try {
      Optional<T> proved = check.get();
      failed = proved.isEmpty();
      return proved;
    } finally {
      if (!failed) {
        taken.forEach(Taken::giveBack);
      }
    }
  }

  /** One attempt that a limit counts. */
  private record Taken(RateLimit limit, String key) {
    void giveBack() {
      limit.giveBack(key);
    }
  }

  /**
   * Counts an attempt as failed, before it is tried. So attempts at the same time count too.
   *
   * @throws TooManyFailures if it must not be tried now; it does not count then
   */
  private List<Taken> begin(String username, String address) {
    String account = username.toLowerCase(Locale.ROOT);
    List<Taken> taken = new ArrayList<>();
    Optional<Duration> pause = take(byAddress, address, taken);
    if (pause.isEmpty()) {
      pause = take(byPair, address + ' ' + account, taken);
    }
    if (pause.isEmpty()) {
      pause = take(byAccount, account, taken).filter(_ -> !isKnown.test(username, address));
    }
    if (pause.isPresent()) {
      taken.forEach(Taken::giveBack);
      throw new TooManyFailures(pause.get());
    }
    return taken;
  }

  /** Empty if the limit permits the attempt, or else how long the key has to wait. */
  private static Optional<Duration> take(RateLimit limit, String key, List<Taken> taken) {
    ConsumptionProbe probe = limit.take(key);
    if (!probe.isConsumed()) {
      return Optional.of(Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill())));
    }
    taken.add(new Taken(limit, key));
    return Optional.empty();
  }
}
