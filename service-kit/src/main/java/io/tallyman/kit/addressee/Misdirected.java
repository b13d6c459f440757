package io.tallyman.kit.addressee;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.Map;

/** A request reached this service, but names another one. */
final class Misdirected extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "misdirected-request",
          "The request is meant for another service",
          HttpStatus.MISDIRECTED_REQUEST);

  private static final long serialVersionUID = 1L;

  Misdirected(String name) {
    super(TYPE, "This is " + name + ". Look up the address again and open a new connection.");
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.CONNECTION, "close");
  }
}
