package io.tallyman.kit.security;

import io.micronaut.http.HttpRequest;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;

/**
 * The sender of a request, as its access token says. {@link HttpRequest#getUserPrincipal} has it.
 *
 * @param name the subject of the token; never changes
 * @param roles what the sender may do
 */
public record TokenPrincipal(String name, Set<String> roles) implements Principal {
  public TokenPrincipal {
    roles = Set.copyOf(roles);
  }

  @Override
  public String getName() {
    return name;
  }

  /** The name as a number, because the issuer names senders by their ids. */
  public long id() {
    return Long.parseLong(name);
  }

  /** Empty if the request has no token. */
  public static Optional<TokenPrincipal> of(HttpRequest<?> request) {
    return request
        .getUserPrincipal()
        .filter(TokenPrincipal.class::isInstance)
        .map(TokenPrincipal.class::cast);
  }
}
