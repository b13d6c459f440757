package io.tallyman.gateway.live.session;

import io.tallyman.kit.security.TokenPrincipal;
import java.util.Optional;

/**
 * Who has a session.
 *
 * @param address the network address
 * @param requestId the id of the request that opened the session
 * @param sender who sent that request
 */
public record Viewer(String address, String requestId, TokenPrincipal sender) {
  /** The only user whose tasks the viewer sees; empty if the viewer sees the tasks of all users. */
  Optional<Long> onlyOwner() {
    return Optional.of(sender).filter(TokenPrincipal::seesOnlyOwn).map(TokenPrincipal::id);
  }
}
