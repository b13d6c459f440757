package io.tallyman.billing.download;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.Map;

final class RangeNotSatisfiable extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "range-not-satisfiable",
          "The range is outside of the sheet",
          HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);

  private static final long serialVersionUID = 1L;

  private final long bytes;

  RangeNotSatisfiable(long bytes) {
    super(TYPE, "The sheet has " + bytes + " bytes. Ask for a range that begins before its end.");
    this.bytes = bytes;
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.CONTENT_RANGE, "bytes */" + bytes);
  }
}
