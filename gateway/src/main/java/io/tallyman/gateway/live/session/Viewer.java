package io.tallyman.gateway.live.session;

import io.micronaut.http.HttpRequest;
import io.tallyman.gateway.access.Admission;
import io.tallyman.gateway.access.BearerTokens;
import io.tallyman.kit.request.RequestId;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.kit.security.TokenPrincipal;
import java.util.Optional;

/**
 * Who has a session.
 *
 * @param address the network address
 * @param requestId the id of the request that opened the session
 * @param sender who sent that request
 * @param admission whether the sender may stay
 */
public record Viewer(String address, String requestId, TokenPrincipal sender, Admission admission) {

  public static Viewer of(HttpRequest<?> request) {
    return new Viewer(
        ClientAddress.of(request),
        RequestId.ensured(request),
        BearerTokens.sender(request),
        Admission.of(request));
  }

  /** The only user whose tasks the viewer sees; empty if the viewer sees the tasks of all users. */
  Optional<Long> onlyOwner() {
    return Optional.of(sender).filter(TokenPrincipal::seesOnlyOwn).map(TokenPrincipal::id);
  }

  /** Whether the login of the sender has expired or was revoked. Never blocks. */
  boolean mustLeave() {
    return admission.hasEnded();
  }
}
