package io.tallyman.gateway.upstream;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem;
import io.tallyman.kit.problem.ProblemType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A service behind the gateway rejected a request or failed. A problem of the service is passed on
 * to the client. After an internal failure, the client sees only the name of the service.
 */
public final class UpstreamProblem extends RuntimeException {
  private static final ProblemType UNAVAILABLE =
      new ProblemType(
          "service-unavailable",
          "A service is temporarily unavailable",
          HttpStatus.SERVICE_UNAVAILABLE);
  private static final ProblemType FAILED =
      new ProblemType("bad-gateway", "An internal service failed", HttpStatus.BAD_GATEWAY);

  private static final URI NOT_FOUND = ProblemType.uri("not-found");

  /**
   * The service answered to the gateway, not to the client: it has another release without the
   * route, or does not accept the gateway's credential.
   */
  private static final Set<URI> NOT_FOR_CLIENTS =
      Set.of(NOT_FOUND, ProblemType.uri("unknown-caller"), ProblemType.uri("caller-not-allowed"));

  /** The service works, but rejects this request for now. The client gets the reason. */
  private static final Set<URI> REFUSED_FOR_NOW =
      Set.of(
          ProblemType.uri("tasks-full"),
          ProblemType.uri("store-full"),
          ProblemType.uri("sums-busy"),
          ProblemType.uri("inspections-busy"),
          ProblemType.uri("query-timeout"));

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Map<String, String> headers;
  private final boolean ofUnknownCall;

  private UpstreamProblem(Problem problem) {
    this(problem, Map.of(), false);
  }

  private UpstreamProblem(Problem problem, Map<String, String> headers, boolean ofUnknownCall) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.headers = headers;
    this.ofUnknownCall = ofUnknownCall;
  }

  /**
   * An item of a call with many failed.
   *
   * @param problem that of the item
   */
  public static UpstreamProblem of(String service, Problem problem) {
    return answered(service, problem.status(), Optional.of(problem));
  }

  /** The service did not answer: it is away, restarts, or took too long. */
  static UpstreamProblem unavailable(String service) {
    return made(UNAVAILABLE, service + " did not answer. Try again in a moment.");
  }

  /** The request was not sent, because the service has too many requests already. */
  static UpstreamProblem overloaded(String service) {
    return made(UNAVAILABLE, service + " has too many requests. Try again in a moment.");
  }

  /**
   * The service answered with an error, or another service answered, because it has the address
   * now.
   *
   * @param problem the answer's body, if it is a problem
   */
  static UpstreamProblem answered(String service, int status, Optional<Problem> problem) {
    boolean notForClients =
        problem.filter(refusal -> NOT_FOR_CLIENTS.contains(refusal.type())).isPresent();
    boolean told = problem.filter(refusal -> REFUSED_FOR_NOW.contains(refusal.type())).isPresent();
    boolean misdirected = status == HttpStatus.MISDIRECTED_REQUEST.getCode();
    if ((status == HttpStatus.SERVICE_UNAVAILABLE.getCode() && !told)
        || misdirected
        || notForClients) {
      boolean isUnknownCall =
          problem.filter(refusal -> refusal.type().equals(NOT_FOUND)).isPresent();
      return new UpstreamProblem(unavailable(service).problem, Map.of(), isUnknownCall);
    }
    return problem
        .filter(_ -> told || status < HttpStatus.INTERNAL_SERVER_ERROR.getCode())
        .map(UpstreamProblem::new)
        .orElseGet(
            () ->
                made(
                    FAILED,
                    service + " failed unexpectedly. Its log has the error under the request id."));
  }

  /** The same problem, with headers for the answer. */
  UpstreamProblem with(Map<String, String> these) {
    return new UpstreamProblem(problem, these, ofUnknownCall);
  }

  /** The type of the problem, which says why the service rejected the request. */
  public URI type() {
    return problem.type();
  }

  /** Whether the service is unavailable or failed. The request itself may be valid. */
  public boolean isOutage() {
    return problem.status() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode();
  }

  /** Whether the service has an earlier release that does not know the call, so it did nothing. */
  public boolean isOfUnknownCall() {
    return ofUnknownCall;
  }

  /** The problem, with the path of the call to the service instead of the client's path. */
  public Problem problem() {
    return problem;
  }

  Map<String, String> headers() {
    return headers;
  }

  private static UpstreamProblem made(ProblemType type, String detail) {
    return new UpstreamProblem(
        new Problem(
            type.uri(), type.title(), type.status().getCode(), detail, null, null, List.of()));
  }
}
