package io.tallyman.user.apikey;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class UnknownApiKey extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("unknown-api-key", "There is no such API key", HttpStatus.NOT_FOUND);

  private static final long serialVersionUID = 1L;

  UnknownApiKey(long id) {
    super(TYPE, "You have no API key with the id " + id + ". Check the id.");
  }
}
