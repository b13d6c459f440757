package io.tallyman.kit.database;

import io.micronaut.context.annotation.EachBean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jdbi.v3.postgres.PostgresPlugin;

@Factory
@Requires(classes = Jdbi.class)
final class JdbiFactory {
  /** One Jdbi for each connection pool, with the name of the pool. */
  @EachBean(DataSource.class)
  Jdbi jdbi(
      DataSource dataSource,
      @Parameter TransactionOperations<Connection> transactions,
      Iterable<JdbiPlugin> plugins,
      StatementTimeout timeout) {
    DataSource pool = DelegatingDataSource.unwrapDataSource(dataSource);
    TransactionHandler own = new TimedTransactions(LocalTransactionHandler.binding(), timeout);
    Jdbi jdbi =
        JoinedTransactions.jdbi(pool, transactions, own).installPlugin(new PostgresPlugin());
    plugins.forEach(jdbi::installPlugin);
    // By default the message of a failure contains its statement, over many lines, and the bound
    // values.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  @Singleton
  ExceptionHandler<JdbiException, HttpResponse<?>> failures(DatabaseFailures failures) {
    return failures::answer;
  }
}
