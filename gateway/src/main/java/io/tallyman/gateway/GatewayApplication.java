package io.tallyman.gateway;

import io.tallyman.kit.start.Start;

final class GatewayApplication {
  private GatewayApplication() {}

  static void main(String[] args) {
    Start.service(args);
  }
}
