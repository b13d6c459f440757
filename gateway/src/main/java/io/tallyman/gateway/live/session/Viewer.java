package io.tallyman.gateway.live.session;

import io.tallyman.kit.security.TokenPrincipal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who has a session.
 *
 * @param address the network address
 * @param requestId the id of the request that opened the session
 * @param sender who sent that request; null if it had no token and no session
 */
public record Viewer(String address, String requestId, @Nullable TokenPrincipal sender) {
  /** The only user whose tasks the viewer sees; empty if the viewer sees the tasks of all users. */
  Optional<Long> onlyOwner() {
    return Optional.ofNullable(sender).filter(TokenPrincipal::seesOnlyOwn).map(TokenPrincipal::id);
  }
}
