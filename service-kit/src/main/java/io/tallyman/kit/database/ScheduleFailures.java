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
 * What is done on a schedule is done again when it is next due. While the database is away a line
 * says so each time, not a stack trace; whatever else fails is a bug.
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
        "{} got no answer from the database ({}); it tries again when it is next due",
        bean == null ? "A schedule" : bean.getClass().getSimpleName(),
        DatabaseAway.reason(failure));
  }
}
