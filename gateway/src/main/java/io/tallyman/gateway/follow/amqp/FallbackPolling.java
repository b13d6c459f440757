package io.tallyman.gateway.follow.amqp;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.gateway.follow.FollowedTasks;
import jakarta.inject.Singleton;

/**
 * Reads the tasks that long polls wait for, even without hints: a hint can be lost, and there are
 * none while the broker is away.
 */
@Singleton
final class FallbackPolling {
  private static final int TICKS_BETWEEN_READS = 5;

  private final HintQueue hints;
  private final FollowedTasks followed;
  private int ticks;

  FallbackPolling(HintQueue hints, FollowedTasks followed) {
    this.hints = hints;
    this.followed = followed;
  }

  @Scheduled(fixedDelay = "1s")
  void tick() {
    ticks++;
    if (!hints.isConsuming() || ticks % TICKS_BETWEEN_READS == 0) {
      followed.changedAll();
    } else {
      followed.readRest();
    }
  }
}
