package io.tallyman.gateway.upstream;

import io.tallyman.kit.batch.GroupCommit;
import io.tallyman.kit.batch.TooManyWaiting;
import io.tallyman.kit.request.RequestContext;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes requests on to a service. A request that comes alone is passed on as it is. Requests that
 * come while a call is under way share the next call, which has the token and the request id of the
 * first of them. So a request waits at most for one other call. It has a call of its own if too
 * many wait, or if the shared call is refused.
 *
 * @param <I> what a request asks for
 * @param <O> its answer
 */
public final class SharedCalls<I, O> {
  private static final Logger LOG = LoggerFactory.getLogger(SharedCalls.class);

  private final Function<I, O> alone;
  private final Function<List<Item<I>>, List<Supplier<O>>> together;
  private final GroupCommit<Item<I>, O> calls;

  /**
   * @param alone the call for one request
   * @param together the call for many. It returns one result for each, in their order. A result is
   *     called by the thread of its own request, so it may be a call for this request alone
   * @param most how many requests share a call, and how many may wait for it
   */
  public SharedCalls(
      Function<I, O> alone, Function<List<Item<I>>, List<Supplier<O>>> together, int most) {
    this.alone = alone;
    this.together = together;
    // Two requests for the same thing may share a call.
    this.calls = new GroupCommit<>(this::send, _ -> new Object(), most, most);
  }

  /** What a request asks for, with this request. */
  public record Item<I>(I asked, RequestContext request) {}

  /** Answers the request of this thread. */
  public O call(I asked) {
    try {
      return calls.commit(new Item<>(asked, RequestContext.current()));
    } catch (TooManyWaiting full) {
      return alone.apply(asked);
    }
  }

  private List<Supplier<O>> send(List<Item<I>> items) {
    Item<I> first = items.getFirst();
    if (items.size() == 1) {
      O answer = first.request().call(() -> alone.apply(first.asked()));
      return List.of(() -> answer);
    }
    return first.request().call(() -> sendTogether(items));
  }

  private List<Supplier<O>> sendTogether(List<Item<I>> items) {
    try {
      return together.apply(items);
    } catch (UpstreamProblem problem) {
      if (problem.isOutage() && !problem.isOfUnknownCall()) {
        LOG.warn(
            "The call for these requests failed: {}",
            items.stream().map(item -> item.request().id()).toList());
        throw problem;
      }
      // Nothing was done: the call was refused, or an earlier release does not know it.
      return items.stream().<Supplier<O>>map(item -> () -> alone.apply(item.asked())).toList();
    }
  }
}
