package io.tallyman.billing.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * For all ranges and conditions, the answer follows RFC 9110 and its bytes are those of the sheet.
 */
final class ContentFuzzTest {
  private static final RunningService SERVICE = RunningService.start();
  private static final String CONTENT = write();
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

  record Header(String name, String value) {}

  private static String write() {
    TestWorker worker = new TestWorker(SERVICE);
    UUID task = worker.submit();
    worker.claim(task);
    worker.done(task, 1);
    return "/sheets/" + worker.task(task).text("result", "sheet_id") + "/content";
  }

  @AfterContainer
  static void stop() {
    SERVICE.close();
  }

  @Property
  void anyHeadersAreAnswered(@ForAll("headers") List<Header> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(SERVICE.uri(CONTENT));
    headers.forEach(header -> request.header(header.name(), header.value()));

    Answer answer = SERVICE.send(request);

    switch (answer.status()) {
      case 200 -> assertThat(answer.body()).isEqualTo(TestWorker.SHEET);
      case 206 -> {
        Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range"));
        assertThat(range.matches()).isTrue();
        assertThat(answer.body())
            .isEqualTo(
                TestWorker.SHEET.substring(
                    Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)) + 1));
      }
      case 304 -> assertThat(answer.bytes()).isEmpty();
      default -> assertThat(answer.status()).isIn(412, 416);
    }
  }

  @Provide
  Arbitrary<List<Header>> headers() {
    Arbitrary<String> names =
        Arbitraries.of(
            "Range",
            "Range",
            "Range",
            "If-Range",
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "If-Unmodified-Since");
    Arbitrary<String> numbers =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 60).map(String::valueOf),
            Arbitraries.of("", "99999999999999999999", "-1", "007", "0x1"));
    Arbitrary<String> ranges =
        Combinators.combine(Arbitraries.of("bytes=", "Bytes=", "bytes", "b="), numbers, numbers)
            .as((unit, first, last) -> unit + first + "-" + last);
    Arbitrary<String> validators =
        Arbitraries.of(
            "\"" + TestWorker.SHA256 + "\"",
            "W/\"" + TestWorker.SHA256 + "\"",
            "*",
            "\"",
            "\"\",\"\"",
            "Fri, 02 Jan 2026 03:04:05 GMT",
            "Friday, 02-Jan-26 03:04:05 GMT",
            "Fri Jan  2 03:04:05 2026",
            "Fri, 99 Jan 292278995 03:04:05 GMT",
            "0");
    Arbitrary<String> any = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(40);
    return Combinators.combine(names, Arbitraries.oneOf(ranges, validators, any))
        .as(Header::new)
        .list()
        .ofMaxSize(4);
  }
}
