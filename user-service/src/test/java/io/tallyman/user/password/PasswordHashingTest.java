package io.tallyman.user.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import com.password4j.Password;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Future.State;
import org.junit.jupiter.api.Test;

final class PasswordHashingTest {
  private final PasswordHashing hashing = new PasswordHashing();

  @Test
  void hashTellsHowItWasMadeAndChecksOnlyThePasswordItWasMadeOf() {
    String hash = hashing.hash("correct horse");

    assertThat(hash).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[^$=]{22}\\$[^$=]{43}");
    assertThat(check("correct horse", hash)).isTrue();
    assertThat(check("correct horsf", hash)).isFalse();
  }

  @Test
  void equalPasswordsHaveDifferentHashes() {
    assertThat(hashing.hash("correct horse")).isNotEqualTo(hashing.hash("correct horse"));
  }

  @Test
  void moreThanMayWaitAreRefused() throws InterruptedException {
    PasswordHashing one = new PasswordHashing(1, 1);
    try (ExecutorService callers = Executors.newFixedThreadPool(20)) {
      Callable<String> hash = () -> one.hash("correct horse");
      List<Future<String>> hashes = callers.invokeAll(Collections.nCopies(20, hash));

      assertThat(hashes.stream().filter(hashed -> hashed.state() == State.SUCCESS))
          .hasSizeBetween(2, 19)
          .allMatch(hashed -> check("correct horse", hashed.resultNow()));
      assertThat(hashes.stream().filter(hashed -> hashed.state() == State.FAILED))
          .isNotEmpty()
          .allMatch(hashed -> hashed.exceptionNow() instanceof PasswordsBusy);
    } finally {
      one.close();
    }
  }

  private static boolean check(String password, String hash) {
    return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
  }
}
