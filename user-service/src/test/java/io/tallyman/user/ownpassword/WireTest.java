package io.tallyman.user.ownpassword;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WireTest implements RealDatabase {
  @Inject JsonMapper json;

  @Test
  void newPasswordIsReadFromItsSampleAndShowsNoSecret() throws IOException {
    String session = "AZejwm8AcACAAAAAAAAAAZq3n0RmGxkVd0m2Wv7oKQpV3Ew9hM5bT1yUcJ8sLfAI";

    assertThat(
            json.readValue(
                Files.readAllBytes(Path.of("src/wire/new-password.json")), NewPassword.class))
        .isEqualTo(new NewPassword("a long and quiet word", "another quiet word", session))
        .asString()
        .doesNotContain("quiet")
        .doesNotContain(session);
  }
}
