package io.tallyman.kit.database;

import io.micronaut.context.annotation.EachBean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.postgres.PostgresPlugin;

@Factory
@Requires(classes = Jdbi.class)
final class JdbiFactory {
  /** One for each pool of connections, under its name; the default one where none is asked for. */
  @EachBean(DataSource.class)
  Jdbi jdbi(DataSource dataSource, Iterable<JdbiPlugin> plugins, StatementTimeout timeout) {
    Jdbi jdbi = Jdbi.create(dataSource).installPlugin(new PostgresPlugin());
    plugins.forEach(jdbi::installPlugin);
    jdbi.setTransactionHandler(new TimedTransactions(LocalTransactionHandler.binding(), timeout));
    // By default a failure shows its statement, over many lines, and the values bound to it.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }
}
