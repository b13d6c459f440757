package io.tallyman.gateway.oidc;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The OpenID provider where users may log in. Without an issuer there is none. The provider need
 * not be there when the gateway starts.
 *
 * @param issuer the address of the provider, which its tokens have too
 * @param clientId how the provider knows this gateway
 * @param clientSecret with which the gateway proves this to the provider
 * @param name what the login page calls the provider; the host of the issuer if it is absent
 * @param roleClaim the claim of the ID token that decides on the roles of a user; a dot leads into
 *     an object
 * @param roles the roles of each value of the claim, such as {@code bosses=admin,staff=clerk}
 * @param scopes what the gateway requests from the provider, separated by blanks
 */
@Context
@ConfigurationProperties("tallyman.oidc")
record OpenIdConfiguration(
    @Nullable String issuer,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable String name,
    @Bindable(defaultValue = "roles") String roleClaim,
    @Nullable String roles,
    @Bindable(defaultValue = "openid profile email") String scopes) {
  private static final String PREFIX = "tallyman.oidc.";

  OpenIdConfiguration {
    // An empty variable is the same as none.
    issuer = valueOf(issuer);
    clientId = valueOf(clientId);
    clientSecret = valueOf(clientSecret);
    name = valueOf(name);
    roles = valueOf(roles);
    roleClaim = Objects.requireNonNullElse(valueOf(roleClaim), "roles");
    scopes = Objects.requireNonNullElse(valueOf(scopes), "openid profile email");
    if (issuer != null) {
      requireSafe(issuer);
      require("client-id", clientId);
      require("client-secret", clientSecret);
      require("roles", roles);
      RoleMapping.read(roles);
      if (!Arrays.asList(scopes.split(" +")).contains("openid")) {
        throw new IllegalArgumentException(PREFIX + "scopes must contain openid");
      }
    } else if (Stream.of(clientId, clientSecret, name, roles).anyMatch(Objects::nonNull)) {
      throw new IllegalArgumentException(
          PREFIX + "issuer must be set too, because other settings of the provider are set");
    }
  }

  boolean isPresent() {
    return issuer != null;
  }

  /** What the login page calls the provider. There must be one. */
  String shownName() {
    return name == null ? URI.create(Objects.requireNonNull(issuer)).getHost() : name;
  }

  /** Whether what is sent to this address cannot be read on the way. */
  static boolean isSafe(@Nullable URI address) {
    return address != null
        && address.getHost() != null
        && ("https".equals(address.getScheme())
            || ("http".equals(address.getScheme())
                && address.getHost().matches("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]")));
  }

  private static void requireSafe(String issuer) {
    if (!isIssuer(issuer)) {
      throw new IllegalArgumentException(
          PREFIX
              + "issuer must be the https:// address of an OpenID provider without a query; http://"
              + " is allowed on this machine only");
    }
  }

  private static boolean isIssuer(String text) {
    try {
      URI address = URI.create(text);
      return isSafe(address) && address.getRawQuery() == null && address.getRawFragment() == null;
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  private static void require(String setting, @Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException(
          PREFIX + setting + " must be set, because tallyman.oidc.issuer is set");
    }
  }

  private static @Nullable String valueOf(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  @Override
  public String toString() {
    return "OpenIdConfiguration[issuer=" + issuer + ", clientSecret=hidden]";
  }
}
