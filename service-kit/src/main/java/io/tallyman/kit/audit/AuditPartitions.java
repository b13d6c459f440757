package io.tallyman.kit.audit;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.util.StringUtils;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the partitions of the table of events, before the service answers requests and from then
 * on. Several instances may do this at the same time. A service that does not migrate its database
 * does not change its tables either.
 */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
@Requires(classes = JdbcRepository.class)
@Requires(beans = DataSource.class)
@Requires(property = "flyway.enabled", notEquals = StringUtils.FALSE)
class AuditPartitions implements ApplicationEventListener<StartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(AuditPartitions.class);

  private final AuditRows rows;
  private final AuditConfiguration configuration;

  AuditPartitions(AuditRows rows, AuditConfiguration configuration) {
    this.rows = rows;
    this.configuration = configuration;
  }

  @Override
  public void onApplicationEvent(StartupEvent event) {
    keep();
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "10m")
  void keep() {
    int dropped = rows.keepPartitions((double) configuration.retention().toSeconds());
    if (dropped > 0) {
      LOG.info("Deleted the audit events of {} months, because they are too old.", dropped);
    }
  }
}
