package io.tallyman.kit.host;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.Map;

/** A request names a host that this service does not have. */
final class UnknownHost extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "unknown-host",
          "The service does not answer under this host name",
          HttpStatus.MISDIRECTED_REQUEST);

  private static final long serialVersionUID = 1L;

  UnknownHost() {
    super(
        TYPE,
        "The Host header names no host of this service, is missing or is repeated. The operator"
            + " lists the names of the service in TALLYMAN_HOSTS.");
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.CONNECTION, "close");
  }
}
