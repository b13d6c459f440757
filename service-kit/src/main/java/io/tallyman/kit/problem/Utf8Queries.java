package io.tallyman.kit.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.tallyman.kit.problem.Problem.FieldError;
import java.net.URLDecoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Rejects query parameters whose percent-encoded bytes are not UTF-8. The framework would replace
 * such bytes by U+FFFD, and the route would search for a text that nobody sent.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class Utf8Queries {
  private static final String NOT_UTF8 =
      "is not UTF-8; encode the text in UTF-8, then percent-encode it";

  @RequestFilter
  void check(HttpRequest<?> request) {
    String query = request.getUri().getRawQuery();
    if (query == null || query.indexOf('%') < 0) {
      return;
    }
    List<FieldError> faults =
        Arrays.stream(query.split("&", -1))
            .filter(Utf8Queries::isNotUtf8)
            .map(parameter -> new FieldError('?' + name(parameter), NOT_UTF8))
            .toList();
    if (!faults.isEmpty()) {
      throw new InvalidFields(faults);
    }
  }

  private static boolean isNotUtf8(String parameter) {
    Charset bytes = StandardCharsets.ISO_8859_1;
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes.encode(URLDecoder.decode(parameter, bytes)));
      return false;
    } catch (CharacterCodingException notUtf8) {
      return true;
    }
  }

  private static String name(String parameter) {
    return URLDecoder.decode(parameter.split("=", 2)[0], StandardCharsets.UTF_8);
  }
}
