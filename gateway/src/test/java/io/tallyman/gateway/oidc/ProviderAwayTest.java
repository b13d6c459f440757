package io.tallyman.gateway.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The provider is not there when the gateway starts. */
@MicronautTest
final class ProviderAwayTest extends GatewayTest {
  @Inject Client client;

  @Override
  public Map<String, String> getProperties() {
    Map<String, String> properties = new HashMap<>(super.getProperties());
    // Nothing listens there.
    properties.put("tallyman.oidc.issuer", "http://127.0.0.1:1");
    properties.put("tallyman.oidc.client-id", "tallyman");
    properties.put("tallyman.oidc.client-secret", "a secret");
    properties.put("tallyman.oidc.name", "Staff login");
    properties.put("tallyman.oidc.roles", "bosses=admin");
    return properties;
  }

  @Test
  void loginIsToBeTriedAgainAndSetsNoCookie() {
    HttpResponse<String> answer = client.post("/api/v1/auth/provider", "{}");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("problem:provider-unavailable").doesNotContain("127.0.0.1");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void loginPageStillHasTheButton() {
    assertThat(client.getAnonymously("/api/v1/auth/provider").body())
        .isEqualTo("{\"name\":\"Staff login\",\"role_claim\":\"roles\"}");
  }
}
