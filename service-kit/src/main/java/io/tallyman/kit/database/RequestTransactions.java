package io.tallyman.kit.database;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;

/**
 * Runs the database work of a request in a transaction of Micronaut with the {@link
 * StatementTimeout} of the request. Repositories and Jdbi use the connection of that transaction. A
 * read of a single row by its key needs no such transaction.
 */
@Singleton
@Requires(classes = JdbcRepository.class)
public final class RequestTransactions {
  private final TransactionOperations<Connection> transactions;
  private final StatementTimeout timeout;

  RequestTransactions(TransactionOperations<Connection> transactions, StatementTimeout timeout) {
    this.transactions = transactions;
    this.timeout = timeout;
  }

  /** Work that runs in a transaction. */
  public interface Work<T, X extends Exception> {
    T run() throws X;
  }

  public <T, X extends Exception> T read(Work<T, X> work) throws X {
    return run(TransactionDefinition.READ_ONLY, work);
  }

  /** Rolls back if the work fails. */
  public <T, X extends Exception> T write(Work<T, X> work) throws X {
    return run(TransactionDefinition.DEFAULT, work);
  }

  private <T, X extends Exception> T run(TransactionDefinition definition, Work<T, X> work)
      throws X {
    return transactions.execute(
        definition,
        transaction -> {
          timeout.set(transaction.getConnection());
          return work.run();
        });
  }
}
