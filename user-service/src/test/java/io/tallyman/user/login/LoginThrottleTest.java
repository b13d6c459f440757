package io.tallyman.user.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LoginThrottleTest {
  private static final String HOME = "192.0.2.1";
  private static final String AWAY = "198.51.100.7";

  private final Set<String> known = new HashSet<>();
  private final ManualClock clock = new ManualClock();
  private final LoginThrottle throttle =
      new LoginThrottle(
          new LoginConfiguration(
              Duration.ofDays(30), Duration.ofDays(7), Duration.ofHours(8), 3, 6, 8),
          (username, address) -> known.contains(username + ' ' + address),
          clock);

  @Test
  void failuresToOneAccountAreLimitedAndTheWaitIsTold() {
    fail(3, "ada", AWAY);

    assertThatThrownBy(() -> fail(1, "ADA", AWAY))
        .isInstanceOfSatisfying(
            TooManyFailures.class,
            refusal -> assertThat(refusal.headers()).containsEntry("Retry-After", "20"));
    clock.advance(Duration.ofSeconds(20));
    fail(1, "ada", AWAY);
    assertRefused("ada", AWAY);
  }

  @Test
  void otherAccountsAndOtherAddressesAreNotAffected() {
    fail(3, "ada", AWAY);

    fail(3, "ada", HOME);
    fail(3, "ben", AWAY);
  }

  @Test
  void oneAddressCannotTryManyAccounts() {
    IntStream.range(0, 6).forEach(user -> fail(1, "user" + user, AWAY));

    assertRefused("user6", AWAY);
    fail(1, "user6", HOME);
  }

  @Test
  void onlyAWrongPasswordCounts() {
    for (int time = 0; time < 100; time++) {
      assertThat(throttle.attempt("ada", HOME, () -> Optional.of("right"))).hasValue("right");
      assertThatThrownBy(() -> throttle.attempt("ada", HOME, LoginThrottleTest::breakDown))
          .isInstanceOf(IllegalStateException.class);
    }

    for (int time = 0; time < 3; time++) {
      assertThat(throttle.attempt("ada", HOME, Optional::empty)).isEmpty();
    }
    assertRefused("ada", HOME);
  }

  private static Optional<String> breakDown() {
    throw new IllegalStateException();
  }

  @Test
  void manyAddressesAreDelayedButTheOwnerIsNot() {
    known.add("ada " + HOME);
    IntStream.range(0, 8).forEach(host -> fail(1, "ada", "198.51.100." + host));

    assertRefused("ada", "198.51.100.9");
    assertThatCode(() -> fail(1, "ada", HOME)).doesNotThrowAnyException();
  }

  @Test
  void loginsOfTheOwnerGiveOthersNoAttempts() {
    known.add("ada " + HOME);
    IntStream.range(0, 8).forEach(host -> fail(1, "ada", "198.51.100." + host));

    IntStream.range(0, 20)
        .forEach(
            _ -> assertThat(throttle.attempt("ada", HOME, () -> Optional.of("right"))).isPresent());

    assertRefused("ada", "198.51.100.9");
  }

  @Test
  void refusedAttemptCountsNowhere() {
    fail(3, "ada", AWAY);
    IntStream.range(0, 50).forEach(_ -> assertRefused("ada", AWAY));

    fail(3, "ben", AWAY);
  }

  private void fail(int times, String username, String address) {
    IntStream.range(0, times).forEach(_ -> throttle.attempt(username, address, Optional::empty));
  }

  private void assertRefused(String username, String address) {
    assertThatThrownBy(() -> fail(1, username, address)).isInstanceOf(TooManyFailures.class);
  }

  private static final class ManualClock implements TimeMeter {
    private long nanos;

    void advance(Duration by) {
      nanos += by.toNanos();
    }

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
