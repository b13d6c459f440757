package io.tallyman.cli.gateway;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The gateway answered with a problem (RFC 9457). */
public final class Rejected extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int UNAUTHORIZED = 401;
  private static final int UNAVAILABLE = 503;

  private final int status;

  Rejected(int status, JsonNode problem) {
    super(inWords(problem));
    this.status = status;
  }

  /** Whether the same request may succeed later. */
  public boolean isPassing() {
    return status == UNAVAILABLE;
  }

  /** Whether the request had no token, or one that is not valid. */
  public boolean isUnauthenticated() {
    return status == UNAUTHORIZED;
  }

  /** The title, the detail and the invalid fields of a problem, or of the error of a task. */
  public static String inWords(JsonNode problem) {
    String title = sentence(problem.path("title").asString(""));
    String detail = problem.path("detail").asString("");
    String fields =
        problem
            .path("errors")
            .valueStream()
            .map(one -> "\n  " + name(one.path("pointer")) + ": " + one.path("detail").asString(""))
            .collect(Collectors.joining());
    return (title + " " + detail).strip() + fields;
  }

  private static String name(JsonNode pointer) {
    return pointer.asString("").replaceFirst("^(\\?|/parameters/|/)", "");
  }

  private static String sentence(String title) {
    return title.isEmpty() || title.endsWith(".") ? title : title + ".";
  }
}
