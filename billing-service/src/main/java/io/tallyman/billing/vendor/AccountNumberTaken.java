package io.tallyman.billing.vendor;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class AccountNumberTaken extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "account-number-taken", "Another vendor has this account number", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  AccountNumberTaken(@Nullable String accountNumber) {
    super(
        TYPE,
        "Another vendor already has the account number "
            + accountNumber
            + ". Use that vendor, or give another account number.",
        List.of(new FieldError("/account_number", "is taken")));
  }
}
