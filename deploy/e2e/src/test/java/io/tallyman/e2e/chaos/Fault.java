package io.tallyman.e2e.chaos;

import io.tallyman.testing.ContainerStack;
import io.tallyman.testing.TallymanStack;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A fault that ends after a while. */
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

  /** Faults of one course happen one after the other. The two courses run at the same time. */
  enum Course {
    /** Faults that end immediately. A killed part needs a while to start. */
    SWIFT(Duration.ofSeconds(8)),
    /** Faults of the broker, and faults that last for a while. They need containers. */
    LASTING(Duration.ofSeconds(2));

    private final Duration longestLull;

    Course(Duration longestLull) {
      this.longestLull = longestLull;
    }

    /** The pause between two faults. */
    Duration longestLull() {
      return longestLull;
    }
  }

  private final Course course;

  Fault(Course course) {
    this.course = course;
  }

  /** The faults of a course that are possible with a stack. */
  static List<Fault> of(Course course, TallymanStack stack) {
    return course == Course.LASTING && !(stack instanceof ContainerStack)
        ? List.of()
        : Stream.of(values()).filter(fault -> fault.course == course).toList();
  }
}
