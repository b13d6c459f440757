package io.tallyman.kit.problem;

import io.micronaut.http.HttpHeaders;
import java.util.Map;

/** The rest of a body was not received, so its connection is closed. */
public abstract class IncompleteBody extends Refusal {
  private static final long serialVersionUID = 1L;

  protected IncompleteBody(ProblemType type, String detail) {
    super(type, detail);
  }

  /** Throws this refusal if it caused the failure to read a body or to pass it on. */
  public static void throwIfCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IncompleteBody incomplete) {
        throw incomplete;
      }
    }
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.CONNECTION, "close");
  }
}
