package io.tallyman.billing;

import io.tallyman.kit.start.Start;

final class BillingServiceApplication {
  private BillingServiceApplication() {}

  static void main(String[] args) {
    Start.service(args);
  }
}
