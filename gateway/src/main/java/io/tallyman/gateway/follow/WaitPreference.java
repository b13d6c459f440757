package io.tallyman.gateway.follow;

import io.micronaut.http.HttpHeaders;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a client wants to wait: {@code Prefer: wait=25} (RFC 7240). If there are several, the
 * first one counts. A malformed one and all other preferences are ignored.
 *
 * @param seconds at most {@value #MOST}, even if the client asks for more
 */
record WaitPreference(int seconds) {
  private static final int MOST = 30;

  private static final Pattern NAMED =
      Pattern.compile("\\s*wait\\s*([=;].*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern VALUE = Pattern.compile("=\\s*(\"?)(?<seconds>[0-9]+)\\1\\s*(;.*)?");

  static Optional<WaitPreference> in(HttpHeaders headers) {
    return headers.getAll("Prefer").stream()
        .flatMap(line -> preferences(line).stream())
        .map(NAMED::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(named -> named.group(1))
        .map(VALUE::matcher)
        .filter(Matcher::matches)
        .map(value -> ofSeconds(value.group("seconds")));
  }

  /** The value of {@code Preference-Applied}. */
  String applied() {
    return "wait=" + seconds;
  }

  private static WaitPreference ofSeconds(String digits) {
    return new WaitPreference(new BigInteger(digits).min(BigInteger.valueOf(MOST)).intValueExact());
  }

  /** Splits at commas that are not inside quotes. */
  private static List<String> preferences(String line) {
    List<String> preferences = new ArrayList<>();
    boolean quoted = false;
    int begin = 0;
    for (int at = 0; at < line.length(); at++) {
      char character = line.charAt(at);
      if (quoted && character == '\\') {
        at++;
      } else if (character == '"') {
        quoted = !quoted;
      } else if (character == ',' && !quoted) {
        preferences.add(line.substring(begin, at));
        begin = at + 1;
      }
    }
    preferences.add(line.substring(begin));
    return preferences;
  }
}
