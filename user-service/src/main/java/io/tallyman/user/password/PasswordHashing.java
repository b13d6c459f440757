package io.tallyman.user.password;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
public final class PasswordHashing {
  private static final int KIBIBYTES = 19 * 1024;
  private static final int ITERATIONS = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** For each core; about one to two seconds of work. */
  private static final int WAITING = 32;

  private final Argon2Function function =
      Argon2Function.getInstance(KIBIBYTES, ITERATIONS, LANES, HASH_BYTES, Argon2.ID);
  private final AtomicLong computed = new AtomicLong();
  private final ThreadPoolExecutor threads;

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
  public String hash(String password) {
    return onACore(
        () -> Password.hash(password).addRandomSalt(SALT_BYTES).with(function).getResult());
  }

  /**
   * Whether the hash was made from this password. It costs what the parameters in the hash say.
   *
   * @throws PasswordsBusy if too many passwords are waiting already
   */
  public boolean matches(String password, String hash) {
    return onACore(
        () -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
  }

  /** Whether the hash is cheaper to guess than a hash that is made today. */
  public boolean isOutdated(String hash) {
    Argon2Function made = Argon2Function.getInstanceFromHash(hash);
    return made.getVariant() != Argon2.ID
        || made.getMemory() < KIBIBYTES
        || made.getIterations() < ITERATIONS;
  }

  /** A hash that was made from no password, and costs as much as any other hash to check. */
  public static String ofNobody() {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(KIBIBYTES, ITERATIONS, LANES, random(SALT_BYTES), random(HASH_BYTES));
  }

  /** How many passwords were hashed or checked since the start. */
  public long computed() {
    return computed.get();
  }

  @PreDestroy
  void close() {
    threads.shutdown();
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return Base64.getEncoder().withoutPadding().encodeToString(random);
  }

  private <T> T onACore(Supplier<T> work) {
    try {
      T made = CompletableFuture.supplyAsync(work, threads).join();
      computed.incrementAndGet();
      return made;
    } catch (RejectedExecutionException full) {
      throw new PasswordsBusy();
    }
  }
}
