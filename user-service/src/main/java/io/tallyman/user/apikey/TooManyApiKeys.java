package io.tallyman.user.apikey;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class TooManyApiKeys extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("too-many-api-keys", "The user has too many API keys", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  TooManyApiKeys() {
    super(
        TYPE,
        "A user has at most " + ApiKeys.MOST + " API keys. Delete one that is not used any more.");
  }
}
