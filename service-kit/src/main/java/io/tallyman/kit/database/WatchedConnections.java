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
 * Lets both ends of every database connection notice that the other one is gone without a word, as
 * where a host loses its power. Otherwise what waits here for an answer would wait for ever, and
 * the server would keep the locks of a service that is no more for as long as its system likes,
 * which is two hours.
 */
@Singleton
@Requires(classes = JdbcRepository.class)
final class WatchedConnections implements BeanCreatedEventListener<DatasourceConfiguration> {
  /** Not a parameter of the connection, which poolers in between refuse. */
  private static final String SERVER =
      """
      SET tcp_keepalives_idle = %d; SET tcp_keepalives_interval = %d; SET tcp_keepalives_count = %d
      """
          .formatted(SECONDS_OF_SILENCE, SECONDS_BETWEEN_PROBES, PROBES);

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration pool = event.getBean();
    pool.addDataSourceProperty("socketFactory", WatchedSockets.class.getName());
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.setConnectionInitSql(SERVER);
    return pool;
  }
}
