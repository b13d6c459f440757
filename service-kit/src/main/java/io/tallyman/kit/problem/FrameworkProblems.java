package io.tallyman.kit.problem;

import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.json.JsonSyntaxException;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.exceptions.UnsatisfiedBodyRouteException;
import io.micronaut.web.router.exceptions.UnsatisfiedQueryValueRouteException;
import io.tallyman.kit.json.InstantText;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.request.RequestId;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates problems for the errors that the framework finds: unknown paths, methods and media types,
 * bodies that cannot be read, violated constraints, and unexpected exceptions.
 */
@Singleton
final class FrameworkProblems implements ErrorResponseProcessor<Problem> {
  private static final Logger LOG = LoggerFactory.getLogger(FrameworkProblems.class);
  private static final ProblemType MALFORMED =
      new ProblemType("malformed-body", "The body cannot be read", HttpStatus.BAD_REQUEST);

  /** What the framework reports as a plain 400: malformed HTTP or URL encoding. */
  private static final ProblemType UNSOUND = ProblemType.of(HttpStatus.BAD_REQUEST);

  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> base) {
    HttpRequest<?> request = context.getRequest();
    base.getHeaders().set(RequestId.HEADER, RequestId.ensured(request));
    Problem problem = problem(context, base.status(), request);
    MutableHttpResponse<Problem> response = base.status(problem.status()).body(null);
    if (problem.type().equals(UNSOUND.uri())) {
      // The server does not read further from this connection, so the client must open a new one.
      response.header(HttpHeaders.CONNECTION, "close");
    }
    return request.getMethod() == HttpMethod.HEAD
        ? response
        : response.body(problem).contentType(Problem.MEDIA_TYPE);
  }

  private static Problem problem(ErrorContext context, HttpStatus status, HttpRequest<?> request) {
    Throwable cause = context.getRootCause().orElse(null);
    if (status.getCode() >= 500) {
      report(cause, request);
      return Problem.of(
          ProblemType.of(status),
          "The service failed unexpectedly. Your request is not the cause. The log of the service"
              + " has the error under the request id.",
          List.of(),
          request);
    }
    if (cause instanceof ConstraintViolationException violations) {
      return invalid(fields(violations), request);
    }
    Optional<FieldError> fault = JsonFault.in(cause);
    if (fault.isPresent()) {
      return invalid(List.of(fault.get()), request);
    }
    return switch (cause) {
      case JsonSyntaxException _, UnsatisfiedBodyRouteException _ -> malformed(request);
      case UnsatisfiedQueryValueRouteException missing ->
          invalid(
              List.of(new FieldError('?' + missing.getQueryParameterName(), "is required")),
              request);
      case ConversionErrorException unreadable -> unreadable(unreadable, request);
      case null, default -> of(status, detail(context, status, request), request);
    };
  }

  /** The framework logs the error without the request's id, so logback.xml turns that log off. */
  private static void report(@Nullable Throwable cause, HttpRequest<?> request) {
    try (var _ = RequestId.inLog(request)) {
      LOG.error("{} {} failed unexpectedly", request.getMethodName(), request.getPath(), cause);
    }
  }

  private static Problem invalid(List<FieldError> errors, HttpRequest<?> request) {
    return Problem.of(InvalidFields.TYPE, InvalidFields.describe(errors), errors, request);
  }

  private static Problem malformed(HttpRequest<?> request) {
    return Problem.of(
        MALFORMED,
        "The body cannot be read. Send one JSON object, in UTF-8, nested at most 100 levels deep.",
        List.of(),
        request);
  }

  private static Problem unreadable(ConversionErrorException failure, HttpRequest<?> request) {
    Optional<Object> original = failure.getConversionError().getOriginalValue();
    String name = failure.getArgument().getName();
    if (isInPath(name, request)) {
      return of(HttpStatus.NOT_FOUND, nothingAt(request), request);
    }
    if (original.isEmpty() || request.getBody().isPresent()) {
      return malformed(request);
    }
    String text = original.get().toString();
    String detail =
        failure.getArgument().getType() == Instant.class
            ? InstantText.fault(text)
            : "cannot be read from \"" + text + '"';
    return invalid(List.of(new FieldError('?' + JsonFault.wireName(name), detail)), request);
  }

  private static boolean isInPath(String name, HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request)
        .filter(route -> route.getVariableValues().containsKey(name))
        .isPresent();
  }

  private static Problem of(HttpStatus status, String detail, HttpRequest<?> request) {
    return Problem.of(ProblemType.of(status), detail, List.of(), request);
  }

  private static String detail(ErrorContext context, HttpStatus status, HttpRequest<?> request) {
    return switch (status) {
      case NOT_FOUND -> nothingAt(request);
      case REQUEST_ENTITY_TOO_LARGE -> "The body, the headers or the URL are too large. Send less.";
      case BAD_REQUEST ->
          "Malformed HTTP: the syntax of the request or the URL encoding is wrong, or the body is"
              + " incomplete because its chunks are malformed. Nothing was accepted. Use an HTTP"
              + " library to write the request, and send it again.";
      default ->
          context.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "));
    };
  }

  static String nothingAt(HttpRequest<?> request) {
    return "There is no route for "
        + request.getMethodName()
        + ' '
        + request.getPath()
        + ". Check the path, and the format of the ids in it.";
  }

  private static List<FieldError> fields(ConstraintViolationException violations) {
    return violations.getConstraintViolations().stream()
        .map(violation -> new FieldError(pointer(violation), violation.getMessage()))
        .sorted(Comparator.comparing(FieldError::pointer).thenComparing(FieldError::detail))
        .toList();
  }

  /**
   * The framework puts the method and the parameter before the fields; they are not part of the
   * pointer.
   */
  private static String pointer(ConstraintViolation<?> violation) {
    StringBuilder pointer = new StringBuilder();
    String parameter = "";
    for (Path.Node node : violation.getPropertyPath()) {
      if (node.getIndex() != null) {
        pointer.append('/').append(node.getIndex());
      }
      if (node.getKind() == ElementKind.PARAMETER) {
        parameter = node.getName();
      } else if (node.getKind() == ElementKind.PROPERTY) {
        pointer.append('/').append(JsonFault.wireName(node.getName()));
      }
    }
    return pointer.isEmpty() ? "?" + JsonFault.wireName(parameter) : pointer.toString();
  }
}
