package io.tallyman.user;

import io.tallyman.kit.start.Start;

final class UserServiceApplication {
  private UserServiceApplication() {}

  static void main(String[] args) {
    Start.service(args);
  }
}
