package io.tallyman.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.type.GenericArgument;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jdbi joins a transaction that Micronaut began. */
final class JoinedTransactionsTest {
  private static final String ADD = "INSERT INTO vendor (account_name) VALUES ('Oak')";

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private final Jdbi jdbi = SERVICE.jdbi();
  private final TransactionOperations<Connection> transactions =
      SERVICE.bean(new GenericArgument<TransactionOperations<Connection>>() {});
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void itIsDoneOnTheSameConnectionAndToldAfterTheCommit() {
    transactions.executeWrite(
        transaction -> {
          jdbi.useTransaction(
              handle -> {
                assertThat(handle.getConnection()).isSameAs(transaction.getConnection());
                handle.execute(ADD);
                handle.afterCommit(() -> told.add(vendors() + " there"));
              });
          assertThat(told).isEmpty();
          assertThat(vendors()).isZero();
          return told;
        });

    assertThat(told).containsExactly("1 there");
  }

  @Test
  void whatIsRolledBackIsNotTold() {
    assertThatThrownBy(
            () ->
                transactions.executeWrite(
                    transaction -> {
                      jdbi.useTransaction(
                          handle -> {
                            handle.execute(ADD);
                            handle.afterCommit(() -> told.add("told"));
                          });
                      throw new IllegalStateException("refused");
                    }))
        .hasMessage("refused");

    assertThat(told).isEmpty();
    assertThat(vendors()).isZero();
  }

  @Test
  void anotherPoolHasItsOwnTransactions() {
    transactions.executeWrite(
        transaction -> {
          SERVICE.attempts().useTransaction(handle -> handle.execute(ADD));
          assertThat(vendors()).isOne();
          return told;
        });
  }

  @Test
  void jdbiHasItsOwnTransactionsOtherwise() {
    jdbi.useTransaction(
        handle -> {
          handle.execute(ADD);
          handle.afterCommit(() -> told.add("told"));
          assertThat(told).isEmpty();
        });

    assertThat(told).containsExactly("told");
    assertThat(vendors()).isOne();
  }

  /** The number of vendors as a connection of another pool sees it. */
  private static int vendors() {
    return SERVICE
        .attempts()
        .withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM vendor").mapTo(Integer.class).one());
  }
}
