package io.tallyman.billing.download;

import io.micronaut.http.HttpHeaders;
import io.tallyman.billing.sheet.Sheet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * By what a client tells whether it has the same sheet as we, and the conditions of RFC 9110 on
 * that. A sheet never changes, so the moment that it shows is when it was last modified.
 *
 * @param etag strong, with its quotes
 * @param lastModified in whole seconds, as HTTP tells it
 */
record Validators(String etag, Instant lastModified) {
  private static final Pattern ETAG = Pattern.compile("(W/)?(\"[^\"]*\")");
  private static final String ANY = "*";

  /** Dates of HTTP in the one form that is sent; the obsolete ones count as none. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  static Validators of(Sheet sheet) {
    return new Validators(
        '"' + sheet.sha256() + '"', sheet.snapshotAt().truncatedTo(ChronoUnit.SECONDS));
  }

  String lastModifiedHeader() {
    return HTTP_DATE.format(lastModified);
  }

  /** Whether the client wants a sheet that this one is not: then it gets none. */
  boolean forbid(HttpHeaders request) {
    List<String> wanted = request.getAll(HttpHeaders.IF_MATCH);
    if (!wanted.isEmpty()) {
      return etags(wanted).noneMatch(this::isStrongly);
    }
    return date(request, HttpHeaders.IF_UNMODIFIED_SINCE).filter(lastModified::isAfter).isPresent();
  }

  /** Whether the client has this sheet already. */
  boolean matchWhatItHas(HttpHeaders request) {
    List<String> had = request.getAll(HttpHeaders.IF_NONE_MATCH);
    if (!had.isEmpty()) {
      return etags(had).anyMatch(tag -> isStrongly(tag.replaceFirst("^W/", "")));
    }
    return date(request, HttpHeaders.IF_MODIFIED_SINCE)
        .filter(since -> !lastModified.isAfter(since))
        .isPresent();
  }

  /**
   * Whether a part would go with the parts that the client has. Only the ETag proves that: of two
   * sheets of one second, a date cannot tell which it was.
   */
  boolean allowPart(HttpHeaders request) {
    List<String> condition = request.getAll(HttpHeaders.IF_RANGE);
    return condition.isEmpty() || condition.equals(List.of(etag));
  }

  private boolean isStrongly(String tag) {
    return tag.equals(etag) || tag.equals(ANY);
  }

  private static Stream<String> etags(List<String> headers) {
    return headers.stream()
        .flatMap(
            header ->
                header.strip().equals(ANY)
                    ? Stream.of(ANY)
                    : ETAG.matcher(header).results().map(MatchResult::group));
  }

  /** Empty where there is none, or none that can be read: RFC 9110 wants it ignored. */
  private static Optional<Instant> date(HttpHeaders request, String name) {
    try {
      return Optional.ofNullable(request.get(name))
          .map(date -> HTTP_DATE.parse(date, Instant::from));
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }
}
