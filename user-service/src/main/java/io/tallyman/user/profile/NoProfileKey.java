package io.tallyman.user.profile;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class NoProfileKey extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "no-profile-key", "The key for sealed profiles is not set", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  NoProfileKey() {
    super(
        TYPE,
        "No key for sealed profiles is set. An operator must set TALLYMAN_PROFILES_KEY of"
            + " user-service to 32 random bytes in base64url, and restart user-service.");
  }
}
