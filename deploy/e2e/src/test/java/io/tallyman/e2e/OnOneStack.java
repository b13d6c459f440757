package io.tallyman.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs once: in containers if there is a Docker engine, or else on the embedded stack. For
 * scenarios in which the kind of stack makes no difference, or which do more in containers.
 */
@OnAnyStack
@ExtendWith(OnOneStack.Condition.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnOneStack {
  /** Skips the scenario on the embedded stack if it runs in containers. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return !StackChoice.IN_CONTAINERS && DockerCondition.isMet()
          ? ConditionEvaluationResult.disabled("It runs in containers.")
          : ConditionEvaluationResult.enabled("It does not run on another stack.");
    }
  }
}
