package io.tallyman.billing;

import io.micronaut.runtime.Micronaut;

final class BillingServiceApplication {
  private BillingServiceApplication() {}

  static void main(String[] args) {
    Micronaut.build(args).banner(false).start();
  }
}
