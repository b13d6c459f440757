package io.tallyman.kit.security;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerHttpRequestContext;
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
  private static final Set<String> SEE_EVERYTHING = Set.of("admin", "viewer");

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

  /** Whether the sender sees only what is the sender's own. No role permits less. */
  public boolean seesOnlyOwn() {
    return roles.stream().noneMatch(SEE_EVERYTHING::contains);
  }

  /** Empty if the request has no token. */
  public static Optional<TokenPrincipal> of(HttpRequest<?> request) {
    return request
        .getUserPrincipal()
        .filter(TokenPrincipal.class::isInstance)
        .map(TokenPrincipal.class::cast);
  }

  /** The sender of the request that this thread works for. Empty if there is no such request. */
  public static Optional<TokenPrincipal> current() {
    return ServerHttpRequestContext.find().flatMap(TokenPrincipal::of);
  }
}
