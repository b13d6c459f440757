package io.tallyman.bench.measure;

/**
 * How much is measured.
 *
 * @param warmUps how often small work is done at most before it is measured
 * @param rounds how often each system is measured, in turn
 * @param tasks the tasks of a burst
 * @param loneTasks the tasks of a client that is alone
 * @param requests the requests for users
 * @param bigRows the rows of the big sheet and of the import
 * @param backlog the tasks that wait
 */
public record Scale(
    int warmUps, int rounds, int tasks, int loneTasks, int requests, int bigRows, int backlog) {
  public static final Scale FULL = new Scale(20, 5, 2_000, 200, 20_000, 1_000_000, 90_000);
  public static final Scale SHORT = new Scale(1, 3, 300, 50, 2_000, 50_000, 2_000);

  public Scale withRounds(int other) {
    return new Scale(warmUps, other, tasks, loneTasks, requests, bigRows, backlog);
  }
}
