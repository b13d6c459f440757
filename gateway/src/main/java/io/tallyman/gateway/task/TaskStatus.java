package io.tallyman.gateway.task;

import io.micronaut.serde.annotation.Serdeable;

@Serdeable
public enum TaskStatus {
  PENDING,
  STARTED,
  RETRY,
  SUCCESS,
  FAILURE,
  REVOKED;

  /** Whether the status is final. */
  public boolean isEnd() {
    return switch (this) {
      case PENDING, STARTED, RETRY -> false;
      case SUCCESS, FAILURE, REVOKED -> true;
    };
  }
}
