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
 * The validators of a sheet, and the conditions of RFC 9110 on them. A sheet never changes, so it
 * was last modified at the moment that it shows.
 *
 * @param etag strong, with its quotes
 * @param lastModified in whole seconds, like dates in HTTP
 */
record Validators(String etag, Instant lastModified) {
  private static final Pattern ETAG = Pattern.compile("(W/)?(\"[^\"]*\")");
  private static final String ANY = "*";

  /** The form in which HTTP dates are sent. The two obsolete forms count as unreadable. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  static Validators of(Sheet sheet) {
    return new Validators(
        '"' + sheet.sha256() + '"', sheet.snapshotAt().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Those of the sheet in the form for spreadsheets, whose bytes are others. */
  static Validators ofSafe(Sheet sheet) {
    return new Validators('"' + sheet.sha256() + "-excel\"", of(sheet).lastModified());
  }

  String lastModifiedHeader() {
    return HTTP_DATE.format(lastModified);
  }

  /** Whether a precondition of the request fails, so that the client gets a 412. */
  boolean forbid(HttpHeaders request) {
    List<String> wanted = request.getAll(HttpHeaders.IF_MATCH);
    if (!wanted.isEmpty()) {
      return etags(wanted).noneMatch(this::matchesStrongly);
    }
    return date(request, HttpHeaders.IF_UNMODIFIED_SINCE).filter(lastModified::isAfter).isPresent();
  }

  /** Whether the client has this sheet already, so that it gets a 304. */
  boolean matchCached(HttpHeaders request) {
    List<String> had = request.getAll(HttpHeaders.IF_NONE_MATCH);
    if (!had.isEmpty()) {
      return etags(had).anyMatch(tag -> matchesStrongly(tag.replaceFirst("^W/", "")));
    }
    return date(request, HttpHeaders.IF_MODIFIED_SINCE)
        .filter(since -> !lastModified.isAfter(since))
        .isPresent();
  }

  /**
   * Whether the client may combine a part of this sheet with the parts that it has. Only the ETag
   * proves that: two sheets of the same second have the same date.
   */
  boolean allowPart(HttpHeaders request) {
    List<String> condition = request.getAll(HttpHeaders.IF_RANGE);
    return condition.isEmpty() || condition.equals(List.of(etag));
  }

  private boolean matchesStrongly(String tag) {
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

  /** Empty if there is no date or an unreadable one, which RFC 9110 says to ignore. */
  private static Optional<Instant> date(HttpHeaders request, String name) {
    try {
      return Optional.ofNullable(request.get(name))
          .map(date -> HTTP_DATE.parse(date, Instant::from));
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }
}
