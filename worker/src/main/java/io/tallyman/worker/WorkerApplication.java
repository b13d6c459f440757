package io.tallyman.worker;

import io.tallyman.kit.start.Start;

final class WorkerApplication {
  private WorkerApplication() {}

  static void main(String[] args) {
    Start.service(args);
  }
}
