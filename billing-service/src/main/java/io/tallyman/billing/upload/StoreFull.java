package io.tallyman.billing.upload;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** The store's disk has less free space than {@code tallyman.store.min-free-bytes}. */
final class StoreFull extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("store-full", "The sheet store is full", HttpStatus.SERVICE_UNAVAILABLE);

  private static final long serialVersionUID = 1L;

  StoreFull() {
    super(
        TYPE,
        "The disk of the sheet store has too little free space for the upload. Nothing was stored"
            + " or accepted. Send the upload again later. The operator of the service has to free"
            + " disk space or enlarge the store.");
  }
}
