package io.tallyman.kit.patch;

import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks the new values of a patch by the constraints of the complete record. */
@Singleton
public final class ValidChanges {
  private final Validator validator;

  ValidChanges(Validator validator) {
    this.validator = validator;
  }

  /**
   * @param changes the changes by the names of the record's components
   * @throws ConstraintViolationException with all new values that are invalid
   */
  public void require(Class<? extends Record> whole, Map<String, ? extends Change<?>> changes) {
    Set<ConstraintViolation<?>> violations =
        changes.entrySet().stream()
            .filter(change -> change.getValue().given())
            .flatMap(
                change ->
                    validator
                        .validateValue(whole, change.getKey(), change.getValue().value())
                        .stream())
            .collect(Collectors.toSet());
    if (!violations.isEmpty()) {
      throw new ConstraintViolationException(violations);
    }
  }
}
