package io.tallyman.worker;

import io.micronaut.runtime.Micronaut;

final class WorkerApplication {
  private WorkerApplication() {}

  static void main(String[] args) {
    Micronaut.build(args).banner(false).start();
  }
}
