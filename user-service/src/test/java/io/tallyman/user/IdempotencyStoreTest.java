package io.tallyman.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.exceptions.IllegalTransactionStateException;
import io.tallyman.kit.idempotency.IdempotencyStore;
import io.tallyman.kit.idempotency.IdempotencyStore.Kept;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One transaction works for several requests. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IdempotencyStoreTest implements RealDatabase {
  private static final IdempotencyStore.Key ONE =
      new IdempotencyStore.Key("ada", "POST /users", "one");
  private static final IdempotencyStore.Key TWO =
      new IdempotencyStore.Key("ada", "POST /users", "two");
  private static final IdempotencyStore.Key THREE =
      new IdempotencyStore.Key("ben", "POST /users", "one");
  private static final Kept ANSWER = new Kept("print", 201, "/users/1", "{\"id\":1}");
  private static final Kept NOWHERE = new Kept("other", 202, null, "{}");

  @Inject IdempotencyStore store;
  @Inject TransactionOperations<Connection> transactions;

  @BeforeEach
  void forget() {
    RealDatabase.execute("TRUNCATE kept_answer");
  }

  @Test
  void keysWithAnAnswerAreToldAndTheOthersAreTaken() {
    keep(Map.of(ONE, ANSWER, TWO, NOWHERE));

    assertThat(take(Set.of(ONE, TWO, THREE))).isEqualTo(Map.of(ONE, ANSWER, TWO, NOWHERE));
    assertThat(store.find(Set.of(ONE, TWO))).isEqualTo(Map.of(ONE, ANSWER, TWO, NOWHERE));
  }

  @Test
  void transactionThatIsRolledBackKeepsNothing() {
    assertThatThrownBy(
            () ->
                transactions.executeWrite(
                    transaction -> {
                      store.take(Set.of(ONE, TWO));
                      store.keep(Map.of(ONE, ANSWER, TWO, NOWHERE));
                      throw new IllegalStateException("refused");
                    }))
        .hasMessage("refused");

    assertThat(store.find(Set.of(ONE, TWO))).isEmpty();
    assertThat(RealDatabase.value("SELECT count(*) FROM kept_answer")).isEqualTo("0");
  }

  @Test
  void answerThatHasExpiredIsForgottenAndItsKeyTakenAgain() {
    keep(Map.of(ONE, ANSWER, TWO, ANSWER));
    RealDatabase.execute(
        "UPDATE kept_answer SET kept_at = now() - interval '25 h' WHERE key = 'one'");

    assertThat(store.find(Set.of(ONE, TWO))).isEqualTo(Map.of(TWO, ANSWER));
    keep(Map.of(ONE, NOWHERE));
    assertThat(store.find(Set.of(ONE, TWO))).isEqualTo(Map.of(ONE, NOWHERE, TWO, ANSWER));
  }

  @Test
  void keyThatAnotherTransactionHasTakenIsWaitedFor() {
    CompletableFuture<Map<IdempotencyStore.Key, Kept>> other =
        transactions.executeWrite(
            transaction -> {
              store.take(Set.of(ONE, TWO));
              CompletableFuture<Map<IdempotencyStore.Key, Kept>> waiting =
                  CompletableFuture.supplyAsync(() -> take(Set.of(TWO, THREE)));
              await("the other waits")
                  .until(() -> RealDatabase.isWaiting("INSERT INTO kept_answer"));
              store.keep(Map.of(ONE, ANSWER, TWO, NOWHERE));
              return waiting;
            });

    assertThat(other.join()).isEqualTo(Map.of(TWO, NOWHERE));
  }

  @Test
  void keysAreTakenInATransactionOnly() {
    assertThatThrownBy(() -> store.take(Set.of(ONE)))
        .isInstanceOf(IllegalTransactionStateException.class);
    assertThatThrownBy(() -> store.keep(Map.of(ONE, ANSWER)))
        .isInstanceOf(IllegalTransactionStateException.class);
  }

  private Map<IdempotencyStore.Key, Kept> take(Set<IdempotencyStore.Key> keys) {
    return transactions.executeWrite(transaction -> store.take(keys));
  }

  private void keep(Map<IdempotencyStore.Key, Kept> answers) {
    transactions.executeWrite(
        transaction -> {
          assertThat(store.take(answers.keySet())).isEmpty();
          store.keep(answers);
          return answers;
        });
  }
}
