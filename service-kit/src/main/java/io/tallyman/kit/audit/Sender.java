package io.tallyman.kit.audit;

import io.micronaut.http.context.ServerHttpRequestContext;
import io.tallyman.kit.request.RequestId;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.kit.security.TokenPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, and from where.
 *
 * @param who null if the sender is unknown
 * @param whoName null if it is unknown
 * @param address null if there is no request
 * @param requestId null if there is no request
 */
public record Sender(
    @Nullable Long who,
    @Nullable String whoName,
    @Nullable String address,
    @Nullable String requestId) {

  /** The sender of the request that this thread works for, as its access token says. */
  public static Sender current() {
    return new Sender(
        TokenPrincipal.current().map(TokenPrincipal::id).orElse(null),
        AccessToken.currentName().orElse(null),
        ServerHttpRequestContext.find().map(ClientAddress::told).orElse(null),
        RequestId.current().orElse(null));
  }

  /** The same request, whose sender has just proved who it is. */
  public Sender known(long id, String name) {
    return new Sender(id, name, address, requestId);
  }
}
