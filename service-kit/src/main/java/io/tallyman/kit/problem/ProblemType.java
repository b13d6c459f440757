package io.tallyman.kit.problem;

import io.micronaut.http.HttpStatus;
import java.net.URI;
import java.util.Locale;

/**
 * A type of problem. Clients make decisions by its URI, so the URI never changes.
 *
 * @param slug the last part of the type's URI, such as {@code not-found}
 * @param title the same short sentence for every occurrence
 * @param status the HTTP status that goes with it
 */
public record ProblemType(String slug, String title, HttpStatus status) {
  /** The URI of every type begins with this. */
  public static final String PREFIX = "urn:tallyman:problem:";

  public URI uri() {
    return uri(slug);
  }

  /** The URI of a type that another service has. */
  public static URI uri(String slug) {
    return URI.create(PREFIX + slug);
  }

  /** A type that says no more than an HTTP status; its slug is the name of the status. */
  static ProblemType of(HttpStatus status) {
    String slug = status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new ProblemType(slug, status.getReason(), status);
  }
}
