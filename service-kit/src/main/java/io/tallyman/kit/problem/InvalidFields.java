package io.tallyman.kit.problem;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import java.util.List;
import java.util.stream.Collectors;

/** The request is well-formed, but fields are unknown, missing or invalid. */
public final class InvalidFields extends Refusal {
  public static final ProblemType TYPE =
      new ProblemType(
          "invalid-fields", "The request has invalid fields", HttpStatus.UNPROCESSABLE_ENTITY);

  private static final long serialVersionUID = 1L;

  public InvalidFields(List<FieldError> errors) {
    super(TYPE, describe(errors), errors);
  }

  static String describe(List<FieldError> errors) {
    return errors.stream()
        .map(error -> error.pointer() + ": " + error.detail())
        .collect(Collectors.joining("; "));
  }
}
