package io.tallyman.billing.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges and conditional requests, for files and for sheets in the database. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
final class ContentControllerTest {
  private static final String ETAG = '"' + TestWorker.SHA256 + '"';
  private static final String MODIFIED = "Fri, 02 Jan 2026 03:04:05 GMT";
  private static final int LENGTH = TestWorker.SHEET.length();

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private static String file;
  private static String inline;

  private final String content;

  ContentControllerTest(boolean isInline) {
    content = isInline ? inline : file;
  }

  @BeforeAll
  static void write() {
    TestWorker worker = new TestWorker(SERVICE);
    file = written(worker, task -> worker.done(task, 1));
    inline = written(worker, task -> worker.doneInline(task, 1));
  }

  private static String written(TestWorker worker, Function<UUID, Answer> done) {
    UUID task = worker.submit();
    worker.claim(task);
    assertThat(done.apply(task).status()).isEqualTo(200);
    return "/sheets/" + worker.task(task).text("result", "sheet_id") + "/content";
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-0, 0, 0", "bytes=13-19, 13, 19", "bytes=-5, 33, 37", "bytes=30-, 30, 37"})
  void partIsSentWithItsPlaceAndTheDigestOfTheWhole(String range, int first, int last) {
    Answer part = get("Range", range);

    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(TestWorker.SHEET.substring(first, last + 1));
    assertThat(part.header("Content-Range"))
        .isEqualTo("bytes " + first + "-" + last + "/" + LENGTH);
    assertThat(part.header("Content-Length")).isEqualTo("" + (last + 1 - first));
    Answer whole = get();
    for (String same :
        List.of("Repr-Digest", "ETag", "Content-Type", "Last-Modified", "Content-Disposition")) {
      assertThat(part.header(same)).isNotEmpty().isEqualTo(whole.header(same));
    }
  }

  @Test
  void rangeBehindTheEndIsRefusedAndTheLengthTold() {
    Answer refused = get("Range", "bytes=" + LENGTH + "-");

    assertThat(refused.status()).isEqualTo(416);
    assertThat(refused.problem()).isEqualTo("range-not-satisfiable");
    assertThat(refused.header("Content-Range")).isEqualTo("bytes */" + LENGTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,4-5", "rows=0-1", "bytes=9-1", "nonsense"})
  void wholeIsSentWhereNotOneRangeIsAskedFor(String range) {
    assertWhole(get("Range", range));
  }

  @Test
  void wholeSaysThatPartsMayBeAskedFor() {
    Answer whole = get();

    assertWhole(whole);
    assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(whole.header("Last-Modified")).isEqualTo(MODIFIED);
  }

  @Test
  void partGoesOnOnlyWithTheSameSheet() {
    assertThat(get("Range", "bytes=5-", "If-Range", ETAG).status()).isEqualTo(206);
    assertWhole(get("Range", "bytes=5-", "If-Range", "W/" + ETAG));
    assertWhole(get("Range", "bytes=5-", "If-Range", "\"another\""));
    assertWhole(get("Range", "bytes=5-", "If-Range", MODIFIED));
    assertWhole(get("Range", "bytes=" + LENGTH + "-", "If-Range", "\"another\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-None-Match|ETAG",
        "If-None-Match|W/ETAG",
        "If-None-Match|\"a,b\", ETAG",
        "If-None-Match|*",
        "If-Modified-Since|Fri, 02 Jan 2026 03:04:05 GMT",
        "If-Modified-Since|Sat, 03 Jan 2026 00:00:00 GMT"
      })
  void sheetThatTheClientHasIsNotSentAgain(String name, String value) {
    Answer unchanged = get(name, value.replace("ETAG", ETAG), "Range", "bytes=0-1");

    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.bytes()).isEmpty();
    assertThat(unchanged.header("ETag")).isEqualTo(ETAG);
    assertThat(head(name, value.replace("ETAG", ETAG)).status()).isEqualTo(304);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-None-Match|\"another\"",
        "If-None-Match|nonsense",
        "If-Modified-Since|Thu, 01 Jan 2026 00:00:00 GMT",
        "If-Modified-Since|yesterday",
        "If-Match|ETAG",
        "If-Match|\"another\", ETAG",
        "If-Match|*",
        "If-Unmodified-Since|Fri, 02 Jan 2026 03:04:05 GMT",
        "If-Unmodified-Since|tomorrow"
      })
  void sheetIsSentWhereTheConditionHolds(String name, String value) {
    assertWhole(get(name, value.replace("ETAG", ETAG)));
  }

  @Test
  void etagOverrulesTheDate() {
    assertWhole(get("If-None-Match", "\"another\"", "If-Modified-Since", MODIFIED));
    assertWhole(get("If-Match", ETAG, "If-Unmodified-Since", "Thu, 01 Jan 2026 00:00:00 GMT"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-Match|\"another\"",
        "If-Match|W/ETAG",
        "If-Match|nonsense",
        "If-Unmodified-Since|Thu, 01 Jan 2026 00:00:00 GMT"
      })
  void clientThatInsistsOnAnotherSheetGetsNone(String name, String value) {
    Answer refused = get(name, value.replace("ETAG", ETAG), "If-None-Match", ETAG);

    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.problem()).isEqualTo("precondition-failed");
    assertThat(head(name, value.replace("ETAG", ETAG)).status()).isEqualTo(412);
  }

  @Test
  void headHasTheHeadersOfTheWholeAndNoBody() {
    Answer whole = get();
    Answer head = head("Range", "bytes=0-1");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.bytes()).isEmpty();
    assertThat(head.headers()).isEqualTo(whole.headers());
    assertThat(head.header("Content-Length")).isEqualTo("" + LENGTH);
  }

  @Test
  void headOfWhatIsNotThereSaysSoByItsStatus() {
    HttpRequest.Builder unknown =
        HttpRequest.newBuilder(SERVICE.uri("/sheets/" + UUID.randomUUID() + "/content"));

    assertThat(SERVICE.send(unknown.method("HEAD", BodyPublishers.noBody())).status())
        .isEqualTo(404);
  }

  @Test
  void clientThatTakesGzipGetsTheBytesThatTheDigestIsOf() {
    Answer whole = get("Accept-Encoding", "gzip");

    assertThat(whole.header("Content-Encoding")).isEmpty();
    assertWhole(whole);
  }

  /** Its length is not known before it is sent, so it has no parts. */
  @Test
  void sheetForSpreadsheetsIsSentWhole() {
    Answer safe = SERVICE.send(safe("Range", "bytes=0-1"));

    assertThat(safe.status()).isEqualTo(200);
    assertThat(safe.body()).isEqualTo("\ufeff" + TestWorker.SHEET);
    assertThat(safe.header("Accept-Ranges")).isEqualTo("none");
    assertThat(safe.header("Repr-Digest")).isEmpty();
    assertThat(safe.header("Content-Disposition")).isEqualTo(get().header("Content-Disposition"));
    assertThat(safe.header("ETag")).isNotEmpty().isNotEqualTo(ETAG);
    assertThat(SERVICE.send(safe("If-None-Match", safe.header("ETag"))).status()).isEqualTo(304);
    assertThat(SERVICE.send(safe("If-None-Match", ETAG)).status()).isEqualTo(200);
    assertThat(SERVICE.send(safe("If-Match", ETAG)).status()).isEqualTo(412);
  }

  @Test
  void headOfASheetForSpreadsheetsHasItsHeadersAndNoLength() {
    Answer head = SERVICE.send(safe("Accept", "*/*").method("HEAD", BodyPublishers.noBody()));

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("ETag")).isEqualTo(SERVICE.send(safe("Accept", "*/*")).header("ETag"));
    assertThat(head.header("Content-Length")).isEmpty();
  }

  @Test
  void profileIsRawOrExcel() {
    assertThat(SERVICE.send(HttpRequest.newBuilder(SERVICE.uri(content + "?profile=raw"))).body())
        .isEqualTo(TestWorker.SHEET);
    Answer refused = SERVICE.send(HttpRequest.newBuilder(SERVICE.uri(content + "?profile=html")));
    assertThat(refused.status()).isEqualTo(422);
  }

  private HttpRequest.Builder safe(String... headers) {
    return HttpRequest.newBuilder(SERVICE.uri(content + "?profile=excel")).headers(headers);
  }

  private static void assertWhole(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEqualTo(TestWorker.SHEET.getBytes(UTF_8));
    assertThat(answer.header("Content-Length")).isEqualTo("" + LENGTH);
    assertThat(answer.header("Content-Range")).isEmpty();
  }

  private Answer get(String... headers) {
    return SERVICE.send(request(headers));
  }

  private Answer head(String... headers) {
    return SERVICE.send(request(headers).method("HEAD", BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(SERVICE.uri(content));
    return headers.length == 0 ? request : request.headers(headers);
  }
}
