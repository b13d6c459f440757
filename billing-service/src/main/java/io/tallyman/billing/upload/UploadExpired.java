package io.tallyman.billing.upload;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

final class UploadExpired extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("upload-expired", "The upload has expired", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  UploadExpired(UUID id) {
    super(TYPE, "The uploaded file of import " + id + " is no longer stored. Upload it again.");
  }
}
