package io.tallyman.kit.addressee;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.Map;

/** A request that is meant for another service, and did not find it. */
final class Misdirected extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "misdirected-request",
          "The request is meant for another service",
          HttpStatus.MISDIRECTED_REQUEST);

  private static final long serialVersionUID = 1L;

  Misdirected(String name) {
    super(TYPE, "This is " + name + "; look up the address again and connect anew.");
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.CONNECTION, "close");
  }
}
