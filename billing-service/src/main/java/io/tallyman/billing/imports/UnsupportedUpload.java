package io.tallyman.billing.imports;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class UnsupportedUpload extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "unsupported-upload",
          "The encoding of the upload is not supported",
          HttpStatus.UNSUPPORTED_MEDIA_TYPE);

  private static final long serialVersionUID = 1L;

  UnsupportedUpload(String detail) {
    super(TYPE, detail);
  }
}
