package io.tallyman.gateway.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.testkit.TestAuthority;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The certificate of the provider is from an authority that is not configured. */
@MicronautTest
final class UntrustedProviderTest extends GatewayTest {
  private final FakeProvider provider = new FakeProvider(new TestAuthority());

  @Inject Client client;

  @Override
  public Map<String, String> getProperties() {
    Map<String, String> properties = new HashMap<>(super.getProperties());
    properties.put("tallyman.tls.ca", new TestAuthority().certificate().toString());
    properties.put("tallyman.oidc.issuer", provider.issuer());
    properties.put("tallyman.oidc.client-id", FakeProvider.CLIENT);
    properties.put("tallyman.oidc.client-secret", FakeProvider.SECRET);
    properties.put("tallyman.oidc.roles", "bosses=admin");
    return properties;
  }

  @AfterAll
  void stopProvider() {
    provider.stop();
  }

  @Test
  void loginDoesNotBegin() {
    HttpResponse<String> answer = client.post("/api/v1/auth/provider", "{}");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("problem:provider-unavailable");
  }
}
