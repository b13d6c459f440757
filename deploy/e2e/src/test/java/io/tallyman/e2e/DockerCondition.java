package io.tallyman.e2e;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/**
 * Skips the tests in containers, with a message, if there is no Docker engine. With {@code
 * TALLYMAN_REQUIRE_DOCKER=true} it does not skip them, so that they fail.
 */
public final class DockerCondition implements ExecutionCondition {
  private static final ConditionEvaluationResult RESULT = evaluate();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return RESULT;
  }

  /** Whether there is a Docker engine, or there must be one. */
  static boolean isMet() {
    return "true".equals(System.getenv("TALLYMAN_REQUIRE_DOCKER"))
        || DockerClientFactory.instance().isDockerAvailable();
  }

  private static ConditionEvaluationResult evaluate() {
    if (!StackChoice.IN_CONTAINERS || isMet()) {
      return ConditionEvaluationResult.enabled("there is what they need");
    }
    String reason = "There is no Docker engine: the scenarios do not run in containers.";
    System.out.println(reason);
    return ConditionEvaluationResult.disabled(reason);
  }
}
