package io.tallyman.kit.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tallyman.kit.request.RequestId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GroupCommitTest {
  private static final int MOST_AT_ONCE = 4;
  private static final int MOST_WAITING = 10;

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final GroupCommit<Integer, String> group = group(this::doubled);

  /** Commits a batch; the items 0 to 9 have one key. */
  private static GroupCommit<Integer, String> group(GroupCommit.Work<Integer, String> work) {
    return new GroupCommit<>(work, item -> Math.max(item, 9), MOST_AT_ONCE, MOST_WAITING);
  }

  private List<Supplier<String>> doubled(List<Integer> items) throws InterruptedException {
    batches.add(items);
    threads.add(Thread.currentThread());
    if (items.contains(100)) {
      gate.await();
    }
    return items.stream().<Supplier<String>>map(item -> () -> "" + 2 * item).toList();
  }

  @AfterEach
  void stop() {
    gate.countDown();
    callers.close();
  }

  @Test
  void loneItemIsCommittedAtOnceOnTheThreadOfItsCaller() {
    assertThat(group.commit(11)).isEqualTo("22");
    assertThat(group.commit(12)).isEqualTo("24");

    assertThat(batches).containsExactly(List.of(11), List.of(12));
    assertThat(threads).containsOnly(Thread.currentThread());
  }

  @Test
  void itemsThatArriveDuringACommitFormTheNextBatchesInTheirOrder() {
    hold();
    List<CompletableFuture<String>> later =
        IntStream.rangeClosed(11, 16).mapToObj(item -> arrive(group, item)).toList();

    gate.countDown();

    assertThat(later)
        .map(CompletableFuture::join)
        .containsExactly("22", "24", "26", "28", "30", "32");
    assertThat(batches).containsExactly(List.of(100), List.of(11, 12, 13, 14), List.of(15, 16));
  }

  @Test
  void callWithManyItemsGetsAResultForEachInOrder() {
    List<Supplier<String>> results = group.commit(List.of(11, 12, 13, 14, 15));

    assertThat(results).map(Supplier::get).containsExactly("22", "24", "26", "28", "30");
    assertThat(batches).containsExactly(List.of(11, 12, 13, 14), List.of(15));
    assertThat(group.commit(List.of())).isEmpty();
  }

  @Test
  void itemsWithTheSameKeyAreInSeparateBatches() {
    assertThat(group.commit(List.of(1, 11, 2, 12))).map(Supplier::get).contains("2", "4");

    assertThat(batches).containsExactly(List.of(1, 11, 12), List.of(2));
  }

  @Test
  void resultThatThrowsReachesOnlyItsCaller() {
    GroupCommit<Integer, String> refusing =
        group(
            items ->
                items.stream()
                    .<Supplier<String>>map(
                        item ->
                            () -> {
                              if (item == 11) {
                                throw new IllegalArgumentException("not 11");
                              }
                              return "" + item;
                            })
                    .toList());

    List<Supplier<String>> results = refusing.commit(List.of(11, 12));

    assertThatThrownBy(results.get(0)::get).hasMessage("not 11");
    assertThat(results.get(1).get()).isEqualTo("12");
  }

  @ParameterizedTest
  @ValueSource(strings = {"22001", "23505"})
  void oneBadItemDoesNotHarmTheOthers(String state) {
    GroupCommit<Integer, String> strict =
        group(
            items -> {
              batches.add(items);
              if (items.contains(13)) {
                throw new IllegalStateException(new SQLException("bad", state));
              }
              return items.stream().<Supplier<String>>map(item -> () -> "" + item).toList();
            });

    List<Supplier<String>> results = strict.commit(List.of(11, 13, 12));

    assertThat(results.get(0).get()).isEqualTo("11");
    assertThatThrownBy(results.get(1)::get).hasRootCauseMessage("bad");
    assertThat(results.get(2).get()).isEqualTo("12");
    assertThat(batches).containsExactly(List.of(11, 13, 12), List.of(11), List.of(13), List.of(12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "57014"})
  void failureOfTheDatabaseReachesEveryCallerAndNothingIsRepeated(String state) {
    SQLException failure = new SQLException("away", state);
    GroupCommit<Integer, String> away =
        group(
            items -> {
              doubled(items);
              throw failure;
            });
    CompletableFuture<String> first = arrive(away, 100);
    await().until(() -> !batches.isEmpty());
    CompletableFuture<String> second = arrive(away, 11);
    CompletableFuture<String> third = arrive(away, 12);

    gate.countDown();

    for (CompletableFuture<String> caller : List.of(first, second, third)) {
      assertThatThrownBy(caller::join)
          .isInstanceOf(CompletionException.class)
          .hasRootCause(failure);
    }
    assertThat(batches).containsExactly(List.of(100), List.of(11, 12));
  }

  @Test
  void callsAreRejectedWhileTooManyItemsWait() {
    hold();
    List<CompletableFuture<String>> waiting = new ArrayList<>();
    for (int item = 0; item < MOST_WAITING; item++) {
      waiting.add(arrive(group, 11 + item));
    }

    assertThatThrownBy(() -> group.commit(50)).isInstanceOf(TooManyWaiting.class);

    gate.countDown();
    assertThat(waiting).map(CompletableFuture::join).hasSize(MOST_WAITING);
    assertThat(group.commit(50)).isEqualTo("100");
  }

  @Test
  void batchBelongsToNoRequest() {
    List<Optional<String>> ids = new ArrayList<>();
    GroupCommit<Integer, String> logging =
        group(
            _ -> {
              ids.add(RequestId.current());
              return List.of(() -> RequestId.current().orElse("none"));
            });

    try (var _ = RequestId.inLog("a-request")) {
      assertThat(logging.commit(11)).isEqualTo("a-request");
      assertThat(RequestId.current()).contains("a-request");
    }

    assertThat(ids).containsExactly(Optional.empty());
  }

  @Test
  void manyCallersGetTheirOwnResultsAndEachItemIsCommittedOnce() {
    GroupCommit<Integer, String> wide =
        new GroupCommit<>(this::doubled, item -> item % 7, MOST_AT_ONCE, 10_000);
    List<CompletableFuture<Void>> all =
        IntStream.range(0, 500)
            .mapToObj(
                caller ->
                    CompletableFuture.runAsync(
                        () -> {
                          int item = 1_000 + 3 * caller;
                          List<Supplier<String>> results =
                              wide.commit(List.of(item, item + 1, item + 2));
                          assertThat(results)
                              .map(Supplier::get)
                              .containsExactly(
                                  "" + 2 * item, "" + 2 * (item + 1), "" + 2 * (item + 2));
                        },
                        callers))
            .toList();

    all.forEach(CompletableFuture::join);

    assertThat(batches.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(1_000, 2_500).boxed().toList());
    assertThat(batches)
        .allSatisfy(batch -> assertThat(batch).map(item -> item % 7).doesNotHaveDuplicates());
  }

  /** Begins a commit that lasts until the gate opens. */
  private void hold() {
    CompletableFuture<String> _ = arrive(group, 100);
    await().until(() -> batches.contains(List.of(100)));
  }

  /** Starts a caller, and waits until its item is in the queue or being committed. */
  private CompletableFuture<String> arrive(GroupCommit<Integer, String> into, int item) {
    int before = into.waiting();
    CompletableFuture<String> call =
        CompletableFuture.supplyAsync(() -> into.commit(item), callers);
    await()
        .until(() -> into.waiting() > before || call.isDone() || batches.contains(List.of(item)));
    return call;
  }
}
