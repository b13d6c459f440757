package io.tallyman.gateway.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** No provider is configured. */
@MicronautTest
final class NoProviderTest extends GatewayTest {
  @Inject Client client;

  @Test
  void thereIsNoLoginAtAProvider() {
    HttpResponse<String> begun = client.post("/api/v1/auth/provider", "{}");

    assertThat(begun.statusCode()).isEqualTo(404);
    assertThat(begun.body()).contains("problem:no-provider");
    assertThat(client.getAnonymously("/api/v1/auth/provider").body())
        .isEqualTo("{\"name\":null,\"role_claim\":null}");
    assertThat(client.getAnonymously("/login/callback?code=x&state=y").statusCode()).isEqualTo(404);
  }
}
