package io.tallyman.user.account;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes passwords with Argon2id, as strings in the PHC format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 *
 * <p>One hash needs 19 MiB of memory and tens of milliseconds of one core. So each core computes
 * one hash at a time, and a limited number of passwords waits. Hashes are computed on platform
 * threads, because a virtual thread would block its carrier thread until it has finished. Callers
 * must not hold a database connection while they wait.
 */
@Singleton
final class PasswordHashing {
  private static final int KIBIBYTES = 19 * 1024;
  private static final int ITERATIONS = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  /** For each core; about one to two seconds of work. */
  private static final int WAITING = 32;

  private final Argon2Function function =
      Argon2Function.getInstance(KIBIBYTES, ITERATIONS, LANES, HASH_BYTES, Argon2.ID);
  private final ExecutorService threads;

  @Inject
  PasswordHashing() {
    this(Runtime.getRuntime().availableProcessors(), WAITING);
  }

  /**
   * @param waiting how many passwords may wait for each core
   */
  PasswordHashing(int cores, int waiting) {
    threads =
        new ThreadPoolExecutor(
            cores,
            cores,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(cores * waiting),
            Thread.ofPlatform().daemon().name("password-", 0).factory());
  }

  /**
   * @throws PasswordsBusy if too many passwords are waiting already
   */
  String hash(String password) {
    return onACore(
        () -> Password.hash(password).addRandomSalt(SALT_BYTES).with(function).getResult());
  }

  /**
   * Whether the hash was made from this password.
   *
   * @throws PasswordsBusy if too many passwords are waiting already
   */
  boolean matches(String password, String hash) {
    return onACore(() -> Password.check(password, hash).with(function));
  }

  @PreDestroy
  void close() {
    threads.shutdown();
  }

  private <T> T onACore(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads).join();
    } catch (RejectedExecutionException full) {
      throw new PasswordsBusy();
    }
  }
}
