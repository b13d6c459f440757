package io.tallyman.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpRequest;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.request.RequestId;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error in the format of RFC 9457.
 *
 * @param type the kind of problem; never changes
 * @param title one short sentence, the same for every problem of the type
 * @param status the HTTP status
 * @param detail what was wrong this time, where, and what to do now
 * @param instance the path of the request
 * @param requestId the id under which every service logged the request
 * @param errors the fields at fault, in the order in which they were found; absent if no field is
 *     at fault
 */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    URI type,
    String title,
    int status,
    @Nullable String detail,
    @Nullable String instance,
    @Nullable String requestId,
    @Nullable List<FieldError> errors) {

  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * One field at fault.
   *
   * @param pointer a JSON pointer into the request's body, or {@code ?name} for a query parameter
   * @param detail what is wrong with it
   */
  @Serdeable
  public record FieldError(String pointer, String detail) {}

  static Problem of(
      ProblemType type, @Nullable String detail, List<FieldError> errors, HttpRequest<?> request) {
    return new Problem(
        type.uri(),
        type.title(),
        type.status().getCode(),
        detail,
        request.getPath(),
        RequestId.of(request).orElse(null),
        errors);
  }

  /** The same problem of another request. */
  public Problem ofRequest(String id) {
    return new Problem(type, title, status, detail, instance, id, errors);
  }
}
