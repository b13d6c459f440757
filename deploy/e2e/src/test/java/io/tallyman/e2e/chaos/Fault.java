package io.tallyman.e2e.chaos;

import io.tallyman.testing.ContainerStack;
import io.tallyman.testing.TallymanStack;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What goes wrong, and comes right again. */
enum Fault {
  WORKER_KILLED(Course.SWIFT),
  BILLING_SERVICE_KILLED(Course.SWIFT),
  GATEWAY_KILLED(Course.SWIFT),
  USER_SERVICE_KILLED(Course.SWIFT),
  POSTGRES_KILLED(Course.SWIFT),
  CONNECTIONS_TERMINATED(Course.SWIFT),
  RABBITMQ_KILLED(Course.LASTING),
  RABBITMQ_STOPPED(Course.LASTING),
  QUEUES_DELETED(Course.LASTING),
  MEMORY_ALARM(Course.LASTING),
  WORKER_FROZEN(Course.LASTING),
  WORKER_CUT_OFF(Course.LASTING),
  STORE_FULL(Course.LASTING);

  /** Faults of one course come one after another, and across those of the other. */
  enum Course {
    /** Over at once; what was killed takes a while to come up. */
    SWIFT(Duration.ofSeconds(8)),
    /** Of the broker, or lasting for a while; needs containers. */
    LASTING(Duration.ofSeconds(2));

    private final Duration longestLull;

    Course(Duration longestLull) {
      this.longestLull = longestLull;
    }

    /** Between two of them. */
    Duration longestLull() {
      return longestLull;
    }
  }

  private final Course course;

  Fault(Course course) {
    this.course = course;
  }

  /** Those of a course that can be done to a stack. */
  static List<Fault> of(Course course, TallymanStack stack) {
    return course == Course.LASTING && !(stack instanceof ContainerStack)
        ? List.of()
        : Stream.of(values()).filter(fault -> fault.course == course).toList();
  }
}
