package io.tallyman.user.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NoProfileKeyTest implements RealDatabase {
  @Inject
  @Client("/")
  HttpClient client;

  @Test
  void withoutAKeyTheRefusalSaysWhatToSet() {
    HttpResponse<String> refused =
        client
            .toBlocking()
            .exchange(
                HttpRequest.POST("/users/1/sealed-profile", ""), Argument.STRING, Argument.STRING);

    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.body())
        .contains("urn:tallyman:problem:no-profile-key", "TALLYMAN_PROFILES_KEY");
  }

  @Test
  void badKeyIsNamedWithoutBeingShown() {
    assertThatThrownBy(() -> new ProfileConfiguration("swordfish"))
        .hasMessageContaining("tallyman.profiles.key")
        .hasMessageNotContaining("swordfish");
  }
}
