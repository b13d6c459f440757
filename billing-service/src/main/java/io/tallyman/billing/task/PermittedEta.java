package io.tallyman.billing.task;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.tallyman.billing.state.TaskConfiguration;
import jakarta.validation.Constraint;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;

/** An instant that is not later than {@link TaskConfiguration#maxEta} from now. */
@Documented
@Constraint(validatedBy = {})
@Retention(RUNTIME)
@interface PermittedEta {
  String message() default "is too late";
}
