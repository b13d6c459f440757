package io.tallyman.billing.upload;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** The disk of the store has less free space than it has to keep. */
final class StoreFull extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("store-full", "The sheet store is full", HttpStatus.SERVICE_UNAVAILABLE);

  private static final long serialVersionUID = 1L;

  StoreFull() {
    super(
        TYPE,
        "The disk of the sheet store has too little free space for the upload. Nothing was stored"
            + " or accepted; send the upload again later. Whoever runs the service has to free"
            + " space or give the store more.");
  }
}
