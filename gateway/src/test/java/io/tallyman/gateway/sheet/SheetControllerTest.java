package io.tallyman.gateway.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest
final class SheetControllerTest extends GatewayTest {
  private static final String PATH = "/sheets/0197a3c2-7a00-7000-8000-000000000002";
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "text/csv; charset=utf-8; header=present",
          "Content-Disposition", "attachment; filename=\"billing-2022-03-31.csv\"",
          "ETag", "\"9f86\"",
          "Repr-Digest", "sha-256=:n4bQ:",
          "Accept-Ranges", "bytes",
          "Last-Modified", "Fri, 02 Jan 2026 03:04:05 GMT",
          "X-Of-The-Service", "stays inside");

  @Inject Client client;

  @Test
  void manifestIsShown() {
    billing.answerJson("GET " + PATH, 200, sample("billing-service", "sheet"));

    HttpResponse<String> shown = client.get("/api/v1" + PATH);

    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.body())
        .contains(
            "\"rows\":742", "\"totals\":[{\"currency\":\"GBP\",\"payable\":\"13705200.99\"}]");
  }

  // Repeated, because each download can use other threads.
  @RepeatedTest(20)
  void contentArrivesWhole() {
    String csv = "date_billed,payable\r\n" + "2022-03-31,1.00\r\n".repeat(50_000);
    billing.answer("GET " + PATH + "/content", 200, HEADERS, bytes(csv));

    HttpResponse<String> content = client.get("/api/v1" + PATH + "/content");

    assertThat(content.body()).isEqualTo(csv);
  }

  @Test
  void contentComesWithTheHeadersThatDescribeItAndNoOthers() {
    billing.answer("GET " + PATH + "/content", 200, HEADERS, bytes("date_billed\r\n"));

    HttpResponse<String> content =
        client.send(
            client.request("/api/v1" + PATH + "/content").header("Accept-Encoding", "gzip"));

    assertThat(content.headers().map().keySet())
        .containsExactlyInAnyOrder(
            "content-type",
            "content-length",
            "content-disposition",
            "etag",
            "repr-digest",
            "accept-ranges",
            "last-modified",
            "cache-control",
            "x-content-type-options",
            "date",
            "ratelimit",
            "ratelimit-policy",
            "x-request-id");
    assertThat(content.headers().firstValue("content-type"))
        .hasValue("text/csv; charset=utf-8; header=present");
    assertThat(content.headers().firstValue("content-length")).hasValue("13");
    assertThat(content.headers().firstValue("etag")).hasValue("\"9f86\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept | */* | '' | ''",
        "Accept | text/csv | '' | ''",
        "Accept | text/csv | ?profile=excel | ?profile=excel",
        "Accept | text/html,application/xhtml+xml,*/*;q=0.8 | '' | ?profile=excel",
        "Accept | text/html,application/xhtml+xml,*/*;q=0.8 | ?profile=raw | ?profile=raw",
        "Sec-Fetch-Mode | navigate | '' | ?profile=excel",
        "Sec-Fetch-Mode | cors | '' | ''",
        "Accept | */* | ?profile=a%26b%3Dc | ?profile=a%26b%3Dc"
      })
  void browserGetsASheetThatIsSafeToOpenUnlessItAsksForAnother(
      String name, String value, String asked, String passedOn) {
    billing.answer("GET " + PATH + "/content", 200, HEADERS, bytes("date_billed\r\n"));

    HttpResponse<String> answer =
        client.send(
            client
                .request("/api/v1" + PATH + "/content" + asked)
                .header("Sec-Fetch-Site", "same-origin")
                .header(name, value));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(billing.received().getFirst().request())
        .isEqualTo("GET " + PATH + "/content" + passedOn);
  }

  @Test
  void partIsPassedOnAsItWasAskedFor() {
    Map<String, String> headers = new HashMap<>(HEADERS);
    headers.put("Content-Range", "bytes 5-9/100");
    billing.answer("GET " + PATH + "/content", 206, headers, bytes("billd"));

    HttpResponse<String> part =
        client.send(
            client
                .request("/api/v1" + PATH + "/content")
                .header("Range", "bytes=5-9")
                .header("If-Range", "\"9f86\"")
                .header("If-Match", "\"a\"")
                .header("If-Match", "\"9f86\""));

    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("billd");
    assertThat(part.headers().firstValue("content-range")).hasValue("bytes 5-9/100");
    assertThat(part.headers().firstValue("content-length")).hasValue("5");
    Headers asked = billing.received().getFirst().headers();
    assertThat(asked.get("Range")).containsExactly("bytes=5-9");
    assertThat(asked.get("If-Range")).containsExactly("\"9f86\"");
    assertThat(asked.get("If-Match")).containsExactly("\"a\"", "\"9f86\"");
  }

  @Test
  void sheetThatTheClientHasIsNotSentAgain() {
    billing.answer("GET " + PATH + "/content", 304, Map.of("ETag", "\"9f86\""), bytes(""));

    HttpResponse<String> unchanged = client.get("/api/v1" + PATH + "/content");

    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
    assertThat(unchanged.headers().firstValue("etag")).hasValue("\"9f86\"");
    assertThat(unchanged.headers().firstValue("content-length")).isEmpty();
  }

  @Test
  void rangeBehindTheEndIsRefusedWithTheLength() {
    Map<String, String> headers =
        Map.of("Content-Type", "application/problem+json", "Content-Range", "bytes */100");
    String problem =
        "{\"type\": \"urn:tallyman:problem:range-not-satisfiable\", \"title\": \"No\", \"status\":"
            + " 416}";
    billing.answer("GET " + PATH + "/content", 416, headers, bytes(problem));

    HttpResponse<String> refused = client.get("/api/v1" + PATH + "/content");

    assertThat(refused.statusCode()).isEqualTo(416);
    assertThat(refused.body()).contains("urn:tallyman:problem:range-not-satisfiable");
    assertThat(refused.headers().firstValue("content-range")).hasValue("bytes */100");
  }

  @Test
  void headHasTheHeadersOfAGetAndAsksForNoBytes() {
    Map<String, String> headers = new HashMap<>(HEADERS);
    headers.put("Content-Length", "1000000000000");
    billing.answer("HEAD " + PATH + "/content", 200, headers, bytes(""));

    HttpResponse<String> head = head();

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("content-length")).hasValue("1000000000000");
    assertThat(head.headers().firstValue("content-type"))
        .hasValue("text/csv; charset=utf-8; header=present");
    assertThat(head.headers().firstValue("etag")).hasValue("\"9f86\"");
    assertThat(billing.received()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"304, 304", "404, 404", "410, 410", "412, 412", "500, 502", "503, 503"})
  void headTellsByItsStatusWhatAGetWouldBeRefusedWith(int told, int status) {
    billing.answer("HEAD " + PATH + "/content", told, Map.of(), bytes(""));

    assertThat(head().statusCode()).isEqualTo(status);
  }

  private HttpResponse<String> head() {
    return client.send(
        client.request("/api/v1" + PATH + "/content").method("HEAD", BodyPublishers.noBody()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
