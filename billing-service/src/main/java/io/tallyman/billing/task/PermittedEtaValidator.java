package io.tallyman.billing.task;

import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.validation.validator.constraints.ConstraintValidator;
import io.micronaut.validation.validator.constraints.ConstraintValidatorContext;
import io.tallyman.billing.state.TaskConfiguration;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Singleton
final class PermittedEtaValidator implements ConstraintValidator<PermittedEta, Instant> {
  private final TaskConfiguration configuration;

  PermittedEtaValidator(TaskConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public boolean isValid(
      @Nullable Instant eta,
      AnnotationValue<PermittedEta> annotation,
      ConstraintValidatorContext context) {
    if (eta == null || !eta.isAfter(Instant.now().plus(configuration.maxEta()))) {
      return true;
    }
    context.messageTemplate(
        "must be at most %d days from now".formatted(configuration.maxEta().toDays()));
    return false;
  }
}
