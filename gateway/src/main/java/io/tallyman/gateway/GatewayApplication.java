package io.tallyman.gateway;

import io.micronaut.runtime.Micronaut;

final class GatewayApplication {
  private GatewayApplication() {}

  static void main(String[] args) {
    Micronaut.run(GatewayApplication.class, args);
  }
}
