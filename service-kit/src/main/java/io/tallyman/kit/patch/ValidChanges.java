package io.tallyman.kit.patch;

import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what a patch changes to the constraints that hold for the whole thing when it is added. */
@Singleton
public final class ValidChanges {
  private final Validator validator;

  ValidChanges(Validator validator) {
    this.validator = validator;
  }

  /**
   * @param changes of the components of the record, by their names
   * @throws ConstraintViolationException of all new values that the record may not have
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
