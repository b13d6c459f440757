package io.tallyman.billing.upload;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class UploadTooLarge extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "upload-too-large", "The upload is too large", HttpStatus.REQUEST_ENTITY_TOO_LARGE);

  private static final long serialVersionUID = 1L;

  UploadTooLarge(long maxBytes) {
    super(
        TYPE,
        "An upload may have at most "
            + maxBytes
            + " bytes. Split the file, or send it compressed with gzip.");
  }
}
