package io.tallyman.user;

import io.micronaut.runtime.Micronaut;

final class UserServiceApplication {
  private UserServiceApplication() {}

  static void main(String[] args) {
    Micronaut.run(UserServiceApplication.class, args);
  }
}
