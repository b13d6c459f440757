package io.tallyman.bench.measure;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param warmUp for how long each kind of small work is done before it is measured; at least once
 * @param rounds how often each system is measured, in turn
 * @param tasks the tasks of a burst
 * @param loneTasks the tasks of a client that is alone
 * @param requests the requests for users
 * @param bigRows the rows of the big sheet and of the import
 * @param backlog the tasks that wait
 */
public record Scale(
    Duration warmUp, int rounds, int tasks, int loneTasks, int requests, int bigRows, int backlog) {
  public static final Scale FULL =
      new Scale(Duration.ofMinutes(2), 5, 5_000, 500, 20_000, 1_000_000, 90_000);
  public static final Scale SHORT = new Scale(Duration.ZERO, 3, 300, 50, 2_000, 50_000, 2_000);

  public Scale withRounds(int other) {
    return new Scale(warmUp, other, tasks, loneTasks, requests, bigRows, backlog);
  }
}
