package io.tallyman.kit.database;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.scheduling.DefaultTaskExceptionHandler;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scheduled job that failed runs again at its next time. If the database is away, the log has one
 * line for each failure instead of a stack trace. Any other failure is a bug.
 */
@Singleton
@Primary
@Replaces(DefaultTaskExceptionHandler.class)
@Requires(classes = JdbcRepository.class)
final class ScheduleFailures extends DefaultTaskExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleFailures.class);

  @Override
  public void handle(@Nullable Object bean, Throwable failure) {
    if (!DatabaseAway.caused(failure)) {
      super.handle(bean, failure);
      return;
    }
    LOG.warn(
        "{} failed because the database does not answer ({}); it runs again at its next scheduled"
            + " time",
        bean == null ? "A scheduled job" : bean.getClass().getSimpleName(),
        DatabaseAway.reason(failure));
  }
}
