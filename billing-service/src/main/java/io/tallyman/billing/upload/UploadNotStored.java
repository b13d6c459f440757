package io.tallyman.billing.upload;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** The upload could not be written to the store. */
final class UploadNotStored extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "upload-not-stored", "The upload could not be stored", HttpStatus.SERVICE_UNAVAILABLE);

  private static final long serialVersionUID = 1L;

  UploadNotStored() {
    super(TYPE, "The upload could not be stored; send it again later.");
  }
}
