package io.tallyman.kit.database;

import io.micronaut.context.annotation.EachBean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.postgres.PostgresPlugin;

@Factory
@Requires(classes = Jdbi.class)
final class JdbiFactory {
  /** One for each pool of connections, under its name; the default one where none is asked for. */
  @EachBean(DataSource.class)
  Jdbi jdbi(DataSource dataSource, Iterable<JdbiPlugin> plugins) {
    Jdbi jdbi = Jdbi.create(dataSource).installPlugin(new PostgresPlugin());
    plugins.forEach(jdbi::installPlugin);
    // By default a failed statement shows its bound values, which would put them into the log.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.SHORT_STATEMENT);
    return jdbi;
  }
}
