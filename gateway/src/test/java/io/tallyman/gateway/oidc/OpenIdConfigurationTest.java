package io.tallyman.gateway.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenIdConfigurationTest {
  private static final String ISSUER = "https://login.example.org/realms/tally";

  @Test
  void withoutAnySettingThereIsNoProvider() {
    assertThat(of("", " ", null, "").isPresent()).isFalse();
    assertThat(of(null, null, null, null).isPresent()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {ISSUER, "http://localhost:8180", "http://127.0.0.1:8180/x", "http://[::1]:8180"})
  void providerIsNamedAfterItsHost(String issuer) {
    OpenIdConfiguration configuration = of(issuer, "tallyman", "a secret", "bosses=admin");

    assertThat(issuer).contains(configuration.shownName());
    assertThat(configuration.toString()).doesNotContain("a secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://login.example.org",
        "http://localhost.example.org",
        "ftp://login.example.org",
        "login.example.org",
        "https:///x",
        "https://login.example.org?x=1",
        "https://login example"
      })
  void issuerThatOthersCouldReadIsRefused(String issuer) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(issuer, "tallyman", "a secret", "bosses=admin"))
        .withMessageStartingWith("tallyman.oidc.issuer must be");
  }

  @ParameterizedTest
  @CsvSource({
    ISSUER + ", , a secret, bosses=admin, client-id",
    ISSUER + ", tallyman, , bosses=admin, client-secret",
    ISSUER + ", tallyman, a secret, , roles",
    ", tallyman, , , issuer",
    ", , a secret, , issuer",
    ", , , bosses=admin, issuer"
  })
  void halfAConfigurationIsRefused(
      @Nullable String issuer,
      @Nullable String client,
      @Nullable String secret,
      @Nullable String roles,
      String missing) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(issuer, client, secret, roles))
        .withMessageStartingWith("tallyman.oidc." + missing + " must be set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bosses=finance", "bosses", "=admin", "bosses=admin,", "a=admin,a=clerk"})
  void mappingThatCannotBeReadIsRefused(String roles) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(ISSUER, "tallyman", "a secret", roles))
        .withMessageStartingWith("tallyman.oidc.roles ");
  }

  @Test
  void valuesOfTheClaimBecomeRoles() {
    RoleMapping mapping = RoleMapping.read("bosses=admin, staff=clerk,cn=all=viewer");

    assertThat(mapping.of(Map.of("roles", List.of("staff", "bosses", "staff", "x", 7)), "roles"))
        .containsExactly("admin", "clerk");
    assertThat(mapping.of(Map.of("roles", "cn=all"), "roles")).containsExactly("viewer");
    assertThat(mapping.of(Map.of("a", Map.of("b", List.of("staff"))), "a.b"))
        .containsExactly("clerk");
    assertThat(mapping.of(Map.of("https://x.example/r", "staff"), "https://x.example/r"))
        .containsExactly("clerk");
  }

  @Test
  void otherValuesAreNoRole() {
    RoleMapping mapping = RoleMapping.read("bosses=admin");

    for (Object claim : List.of("admin", "Bosses", List.of("admin"), Map.of("bosses", true), 1)) {
      assertThat(mapping.of(Map.of("roles", claim), "roles")).isEmpty();
    }
    assertThat(mapping.of(Map.of("roles", "bosses"), "groups")).isEmpty();
    assertThat(mapping.of(Map.of("roles", "bosses"), "roles.x")).isEmpty();
  }

  private static OpenIdConfiguration of(
      @Nullable String issuer,
      @Nullable String client,
      @Nullable String secret,
      @Nullable String roles) {
    return new OpenIdConfiguration(
        issuer, client, secret, null, "roles", roles, "openid profile email");
  }
}
