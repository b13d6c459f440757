package io.tallyman.gateway.live.session;

import io.tallyman.gateway.live.event.Subject;
import jakarta.inject.Singleton;

/** There is no login yet, so every client sees every task, as it does with {@code GET}. */
@Singleton
final class EverythingVisible implements Visibility {
  @Override
  public boolean sees(Viewer viewer, Subject task) {
    return true;
  }
}
