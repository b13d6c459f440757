package io.tallyman.kit.problem;

import io.tallyman.kit.problem.Problem.FieldError;
import java.util.List;
import java.util.Map;

/**
 * A rejected request. Each reason is a small subclass next to the rule that it belongs to. {@link
 * RefusalHandler} turns it into a {@link Problem}.
 */
public abstract class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ProblemType type;
  private final transient List<FieldError> errors;

  protected Refusal(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  /**
   * @param detail what was wrong, where, and what to do; is shown to the sender
   * @param errors the fields at fault
   */
  protected Refusal(ProblemType type, String detail, List<FieldError> errors) {
    super(detail, null, false, false);
    this.type = type;
    this.errors = List.copyOf(errors);
  }

  public final ProblemType type() {
    return type;
  }

  public final List<FieldError> errors() {
    return errors;
  }

  /** More headers of the answer. */
  public Map<String, String> headers() {
    return Map.of();
  }
}
