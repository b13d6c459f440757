package io.tallyman.testing;

/**
 * How many of each service there are, and how much room.
 *
 * @param storeMegabytes how much the sheet store takes, in memory; 0 where that is left to the disk
 */
public record Layout(int billingServices, int gateways, int workers, int storeMegabytes) {

  /** One of everything but workers, on the disk. */
  public static Layout ofWorkers(int workers) {
    return new Layout(1, 1, workers, 0);
  }
}
