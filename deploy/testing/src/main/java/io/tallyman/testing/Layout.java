package io.tallyman.testing;

/**
 * The number of instances of each service, and the size of the sheet store.
 *
 * @param storeMegabytes the size of a sheet store in memory; 0 for a sheet store on the disk,
 *     without a limit
 */
public record Layout(int billingServices, int gateways, int workers, int storeMegabytes) {

  /** One instance of each service except workers, with the sheet store on the disk. */
  public static Layout ofWorkers(int workers) {
    return new Layout(1, 1, workers, 0);
  }
}
