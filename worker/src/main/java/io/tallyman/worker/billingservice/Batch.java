package io.tallyman.worker.billingservice;

import io.micronaut.http.client.exceptions.HttpClientResponseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls that send many items at once. */
public final class Batch {
  private Batch() {}

  /**
   * Sends a batch.
   *
   * @param call returns null if the answer is 404
   * @return the answers to its items; empty if the whole call was refused, as an older release of
   *     billing-service does: send each item alone
   * @throws io.micronaut.http.client.exceptions.HttpClientException if there is no answer
   */
  public static <A> Optional<List<A>> send(Supplier<@Nullable List<A>> call, int items) {
    List<A> answers = refusable(call);
    if (answers != null && answers.size() != items) {
      throw new IllegalStateException(
          "billing-service gave " + answers.size() + " answers to " + items + " items");
    }
    return Optional.ofNullable(answers);
  }

  private static <A> @Nullable List<A> refusable(Supplier<@Nullable List<A>> call) {
    try {
      return call.get();
    } catch (HttpClientResponseException answer) {
      if (Reply.isRefusal(answer)) {
        return null;
      }
      throw answer;
    }
  }
}
