package io.tallyman.kit.database;

import static io.tallyman.kit.database.WatchedSockets.PROBES;
import static io.tallyman.kit.database.WatchedSockets.SECONDS_BETWEEN_PROBES;
import static io.tallyman.kit.database.WatchedSockets.SECONDS_OF_SILENCE;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import jakarta.inject.Singleton;

/**
 * Turns on TCP keepalive at both ends of every database connection, so that each end notices when
 * the other one disappears, for example when a host loses power. Without it, a thread here would
 * wait for an answer for ever, and PostgreSQL would keep the locks of a dead service for two hours,
 * the default of Linux.
 */
@Singleton
@Requires(classes = JdbcRepository.class)
final class WatchedConnections implements BeanCreatedEventListener<DatasourceConfiguration> {
  /** A statement instead of connection parameters, because connection poolers refuse those. */
  private static final String SERVER =
      "SET tcp_keepalives_idle = %d; SET tcp_keepalives_interval = %d; SET tcp_keepalives_count = %d"
          .formatted(SECONDS_OF_SILENCE, SECONDS_BETWEEN_PROBES, PROBES);

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration pool = event.getBean();
    pool.addDataSourceProperty("socketFactory", WatchedSockets.class.getName());
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    String configured = pool.getConnectionInitSql();
    pool.setConnectionInitSql(configured == null ? SERVER : SERVER + "; " + configured);
    return pool;
  }
}
