package io.tallyman.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import com.password4j.Password;
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

  private static boolean check(String password, String hash) {
    return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
  }
}
