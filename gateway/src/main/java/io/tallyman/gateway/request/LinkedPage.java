package io.tallyman.gateway.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.tallyman.kit.page.Page;
import java.net.URLEncoder;
import java.util.StringJoiner;

/** The answer to a request for a list. */
public final class LinkedPage {
  private static final String CURSOR = "cursor";

  private LinkedPage() {}

  /**
   * Returns the page, with a {@code Link} to the next page with the same filters if there is one.
   */
  public static <T> HttpResponse<Page<T>> of(Page<T> page, HttpRequest<?> request) {
    String next = page.nextCursor();
    return next == null
        ? HttpResponse.ok(page)
        : HttpResponse.ok(page)
            .header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(uri(request, next)));
  }

  private static String uri(HttpRequest<?> request, String cursor) {
    StringJoiner query = new StringJoiner("&", request.getPath() + '?', "");
    request
        .getParameters()
        .forEachValue(
            (name, value) -> {
              if (!name.equals(CURSOR)) {
                query.add(parameter(name, value));
              }
            });
    return query.add(parameter(CURSOR, cursor)).toString();
  }

  private static String parameter(String name, String value) {
    return URLEncoder.encode(name, UTF_8) + '=' + URLEncoder.encode(value, UTF_8);
  }
}
