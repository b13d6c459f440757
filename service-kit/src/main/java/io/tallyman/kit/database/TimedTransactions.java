package io.tallyman.kit.database;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionHandler;

/** Begins each transaction of Jdbi with the {@link StatementTimeout} of its request. */
final class TimedTransactions extends DelegatingTransactionHandler {
  private final StatementTimeout timeout;

  TimedTransactions(TransactionHandler plain, StatementTimeout timeout) {
    super(plain);
    this.timeout = timeout;
  }

  @Override
  public void begin(Handle handle) {
    super.begin(handle);
    try {
      timeout.set(handle.getConnection());
    } catch (SQLException failure) {
      throw rolledBack(
          handle, new TransactionException("The statement timeout could not be set", failure));
    }
  }

  /** If the connection is broken, the rollback fails too. The first failure says more. */
  private TransactionException rolledBack(Handle handle, TransactionException failure) {
    try {
      rollback(handle);
    } catch (JdbiException broken) {
      failure.addSuppressed(broken);
    }
    return failure;
  }

  @Override
  public TransactionHandler specialize(Handle handle) throws SQLException {
    return new TimedTransactions(getDelegate().specialize(handle), timeout);
  }
}
