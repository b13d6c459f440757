package io.tallyman.kit.request;

import io.micronaut.core.propagation.PropagatedContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The request that a thread works for, so that another thread can do a part of the work.
 *
 * @param id the id of the request; null if there is no request
 */
public record RequestContext(PropagatedContext context, @Nullable String id) {
  /** That of this thread. */
  public static RequestContext current() {
    return new RequestContext(PropagatedContext.getOrEmpty(), RequestId.current().orElse(null));
  }

  /** Calls something for the request. On the way back, this thread belongs to no request. */
  public <T> T call(Supplier<T> work) {
    try (var _ = RequestId.inLog(id)) {
      return context.propagate(work);
    }
  }
}
