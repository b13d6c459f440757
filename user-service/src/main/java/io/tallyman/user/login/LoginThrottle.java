package io.tallyman.user.login;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.tallyman.kit.rate.RateLimit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
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
    begin(username, address);
    boolean failed = false;
    try {
      Optional<T> proved = check.get();
      failed = proved.isEmpty();
      return proved;
    } finally {
      if (!failed) {
        giveBack(username, address);
      }
    }
  }

  /**
   * Counts an attempt as failed, before it is tried. So attempts at the same time count too.
   *
   * @throws TooManyFailures if it must not be tried now; it does not count then
   */
  void begin(String username, String address) {
    String account = account(username);
    String pair = pair(account, address);
    require(take(byAddress, address));
    Duration pause = take(byPair, pair);
    if (pause.isPositive()) {
      byAddress.giveBack(address);
      throw new TooManyFailures(pause);
    }
    Duration all = take(byAccount, account);
    if (all.isPositive() && !isKnown.test(username, address)) {
      byAddress.giveBack(address);
      byPair.giveBack(pair);
      throw new TooManyFailures(all);
    }
  }

  /** The attempt did not fail because of the username or the password. */
  void giveBack(String username, String address) {
    String account = account(username);
    byAddress.giveBack(address);
    byPair.giveBack(pair(account, address));
    byAccount.giveBack(account);
  }

  /** Returns zero, or how long the key has to wait. */
  private static Duration take(RateLimit limit, String key) {
    ConsumptionProbe probe = limit.take(key);
    return probe.isConsumed()
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
  }

  private static void require(Duration pause) {
    if (pause.isPositive()) {
      throw new TooManyFailures(pause);
    }
  }

  private static String account(String username) {
    return username.toLowerCase(Locale.ROOT);
  }

  private static String pair(String account, String address) {
    return address + ' ' + account;
  }
}
