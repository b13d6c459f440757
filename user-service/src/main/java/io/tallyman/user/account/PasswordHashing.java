package io.tallyman.user.account;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Passwords as Argon2id strings in the PHC format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 *
 * <p>One hash costs 19 MiB of memory and tens of milliseconds of one core, so no more are computed
 * at a time than there are cores; the others wait.
 */
@Singleton
final class PasswordHashing {
  private static final int KIBIBYTES = 19 * 1024;
  private static final int ITERATIONS = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private final Argon2Function function =
      Argon2Function.getInstance(KIBIBYTES, ITERATIONS, LANES, HASH_BYTES, Argon2.ID);
  private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors());

  String hash(String password) {
    return onACore(
        () -> Password.hash(password).addRandomSalt(SALT_BYTES).with(function).getResult());
  }

  /** Whether a hash was made of this password. */
  boolean matches(String password, String hash) {
    return onACore(() -> Password.check(password, hash).with(function));
  }

  private <T> T onACore(Supplier<T> work) {
    cores.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      cores.release();
    }
  }
}
