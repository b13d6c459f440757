package io.tallyman.kit.database;

import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.TransactionStatus;
import io.micronaut.transaction.support.TransactionSynchronization;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.CMTTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/**
 * Lets Jdbi join the transaction of Micronaut that runs on the same pool. A handle then uses the
 * connection of that transaction, and only Micronaut commits or rolls back; {@link
 * Handle#afterCommit} runs after that commit. Without such a transaction Jdbi takes its own
 * connection and manages its own transactions.
 */
final class JoinedTransactions extends CMTTransactionHandler implements ConnectionFactory {
  private final DataSource pool;
  private final TransactionOperations<Connection> transactions;
  private final TransactionHandler own;

  private JoinedTransactions(
      DataSource pool, TransactionOperations<Connection> transactions, TransactionHandler own) {
    this.pool = pool;
    this.transactions = transactions;
    this.own = own;
  }

  /**
   * @param pool the pool of the transactions, without Micronaut's proxy, which provides connections
   *     only inside a transaction
   * @param own manages the transactions of Jdbi itself
   */
  static Jdbi jdbi(
      DataSource pool, TransactionOperations<Connection> transactions, TransactionHandler own) {
    JoinedTransactions joined = new JoinedTransactions(pool, transactions, own);
    Jdbi jdbi = Jdbi.create(joined);
    jdbi.setTransactionHandler(joined);
    return jdbi;
  }

  @Override
  public Connection openConnection() throws SQLException {
    return current().isPresent() ? transactions.getConnection() : pool.getConnection();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // whether it is the same connection
  public void closeConnection(Connection connection) throws SQLException {
    if (current().isEmpty() || transactions.getConnection() != connection) {
      connection.close();
    }
  }

  @Override
  public TransactionHandler specialize(Handle handle) throws SQLException {
    Optional<? extends TransactionStatus<?>> joined = current();
    if (joined.isEmpty()) {
      return own.specialize(handle);
    }
    joined
        .get()
        .registerSynchronization(
            new TransactionSynchronization() {
              @Override
              public void afterCommit() {
                // Runs the callbacks that were registered with the handle, which may be closed by
                // now.
                handle.commit();
              }
            });
    return this;
  }

  private Optional<? extends TransactionStatus<?>> current() {
    return transactions.findTransactionStatus();
  }
}
