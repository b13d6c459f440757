package io.tallyman.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.Client;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class ProblemsTest {
  private static final Argument<Map<String, Object>> FIELDS =
      Argument.mapOf(String.class, Object.class);

  @Inject Client client;
  @Inject JsonMapper json;

  @Test
  void refusalIsAProblemWithEverythingThatWasSaid() throws IOException {
    HttpResponse<String> refused = client.get("/parcels/lost");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(fields(refused))
        .isEqualTo(
            Map.of(
                "type", "urn:tallyman:problem:parcel-lost",
                "title", "The parcel is lost",
                "status", 409,
                "detail", "It fell off.",
                "instance", "/parcels/lost",
                "request_id", requestId(refused),
                "errors", List.of(Map.of("pointer", "/sent_to", "detail", "is far away"))));
  }

  @Test
  void refusalThatPassesSaysWhenToAskAgain() {
    assertThat(client.get("/parcels/late").headers().firstValue("Retry-After")).hasValue("2");
    assertThat(client.get("/parcels/lost").headers().firstValue("Retry-After")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "7", "nonsense", ""})
  void bodyThatIsNoJsonObjectIsMalformed(String body) throws IOException {
    HttpResponse<String> refused = client.post("/parcels", body);

    assertProblem(refused, 400, "malformed-body", "/parcels");
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 500, 999, 1001})
  void bodyThatIsNestedTooDeeplyIsMalformed(int depth) throws IOException {
    HttpResponse<String> refused =
        client.post("/parcels", "{\"a\":".repeat(depth) + 1 + "}".repeat(depth));

    assertProblem(refused, 400, "malformed-body", "/parcels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/parcels/one/two", "/parcels/not-a-number"})
  void unknownPathIsNotFound(String path) throws IOException {
    assertProblem(client.get(path), 404, "not-found", path);
  }

  @Test
  void unknownMethodIsNotAllowed() throws IOException {
    HttpResponse<String> refused = client.send(client.request("/parcels/7").DELETE());

    assertProblem(refused, 405, "method-not-allowed", "/parcels/7");
    assertThat(refused.headers().firstValue("Allow"))
        .hasValueSatisfying(allowed -> assertThat(allowed).contains("GET"));
  }

  @Test
  void answerThatNobodyCanMakeIsNotAcceptable() throws IOException {
    HttpResponse<String> refused =
        client.send(client.request("/parcels/7").header("Accept", "image/png"));

    assertProblem(refused, 406, "not-acceptable", "/parcels/7");
  }

  @ParameterizedTest
  @CsvSource({
    "/parcels/7, application/*",
    "/parcels/7, 'text/html, application/*;q=0.8'",
    "/parcels/7, APPLICATION/*",
    "/parcels/labels/a, text/*",
    "/parcels/labels/a, 'text/*, nonsense, a/b/c'"
  })
  void answerOfAnAcceptedGroupOfTypesIsSent(String path, String accept) {
    HttpResponse<String> answer = client.send(client.request(path).header("Accept", accept));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"/parcels/7, text/*", "/parcels/labels/a, application/*", "/parcels/7, image/*"})
  void answerOfAnotherGroupOfTypesIsNotAcceptable(String path, String accept) throws IOException {
    HttpResponse<String> refused = client.send(client.request(path).header("Accept", accept));

    assertProblem(refused, 406, "not-acceptable", path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "identity, gzip", "GZIP"})
  void encodedBodyIsRefusedWithTheNameOfItsEncoding(String encoding) throws IOException {
    HttpResponse<String> refused =
        client.send(
            client
                .request("/parcels")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofString("\u001f\u008b")));

    assertProblem(refused, 415, "unsupported-media-type", "/parcels");
    assertThat(refused.body()).contains("Content-Encoding: " + encoding);
    assertThat(refused.headers().firstValue("Accept-Encoding")).hasValue("identity");
  }

  @Test
  void bodyWithTheEncodingIdentityIsRead() {
    HttpResponse<String> answer =
        client.send(
            client
                .request("/parcels")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "identity")
                .POST(BodyPublishers.ofString("{\"sent_to\": \"a\"}")));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void tooLargeBodyIsRefused() throws IOException {
    HttpResponse<String> refused =
        client.post("/parcels", "{\"sent_to\": \"%s\"}".formatted("a".repeat(20_000)));

    assertProblem(refused, 413, "request-entity-too-large", "/parcels");
    assertThat(refused.body()).doesNotContain("micronaut");
  }

  @Test
  void pageOfAnotherOriginIsToldWhyItIsRefused() throws IOException {
    HttpResponse<String> refused =
        client.send(client.request("/parcels/7").header("Origin", "https://elsewhere.example"));

    assertProblem(refused, 403, "forbidden", "/parcels/7");
  }

  @Test
  void errorThatARouteAnswersWithoutAWordIsAProblem() throws IOException {
    assertProblem(client.get("/parcels/nobody"), 404, "not-found", "/parcels/nobody");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /parcels/7 HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n",
        "GET /parcels/7 HTTP/1.1\r\nHost here\r\n\r\n",
        "GET /parcels/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /parcels/%zz HTTP/1.1\r\nHost: localhost\r\nX-Note: \u007f\r\n\r\n"
      })
  void requestThatIsNoHttpIsAProblemWithAnIdAllTheSameAndTheLastOfItsConnection(String request) {
    String answer = client.raw(request);

    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("connection: close")
        .contains("urn:tallyman:problem:bad-request");
    String id = answer.replaceAll("(?is).*x-request-id: ([^\r]*).*", "$1");
    assertThat(answer).contains("\"request_id\":\"" + id + "\"");
  }

  @Test
  void unknownMediaTypeIsRefused() throws IOException {
    HttpResponse<String> refused =
        client.send(
            client
                .request("/parcels")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("a")));

    assertProblem(refused, 415, "unsupported-media-type", "/parcels");
  }

  /** {@code curl} sends this with the option {@code -H 'Content-Type:'}. */
  @Test
  void bodyWithoutATypeIsRefused() throws IOException {
    HttpResponse<String> refused =
        client.send(
            client.request("/parcels").POST(BodyPublishers.ofString("{\"sent_to\": \"a\"}")));

    assertProblem(refused, 415, "unsupported-media-type", "/parcels");
    assertThat(refused.body()).contains("application/json");
  }

  @Test
  void nothingNeedsNoType() {
    HttpResponse<String> answer =
        client.send(client.request("/parcels/7").POST(BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "}", ",", "{}", "\"a\"", "\u0000", " \n {\"sent_to\": \"b\"}"})
  void objectIsTheWholeBody(String more) throws IOException {
    HttpResponse<String> refused = client.post("/parcels", "{\"sent_to\": \"a\"}" + more);

    assertProblem(refused, 400, "malformed-body", "/parcels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a}", "}{", "\\\"}", "\\\\", "]", "ä€}"})
  void objectEndsWithItsLastBraceWhateverItsTextsAre(String text) {
    HttpResponse<String> answer =
        client.post(
            "/parcels",
            "\r\n{\"sent_to\": \"%s\", \"labels\": [{\"size\": 1}]}\t\r\n ".formatted(text));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains(text);
  }

  /**
   * Some readers use the first of two fields, and others the last, so they would see different
   * bodies.
   */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'sent_to': 'a', 'sent_to': 'b'} | /sent_to",
        "{'sent_to': 'a', 'sent\\u005fto': 'b'} | /sent_to",
        "{'sent_to': 'a', 'more': {'b': [{}, {'c': 1, 'd': 2, 'c': 1}]}} | /more/b/1/c",
        "{'sent_to': 'a', 'more': {'x/y': 1, 'x/y': 2}} | /more/x~1y",
        "{'sent_to': 'a', 'more': {'': 1, '': 2}} | /more/"
      })
  void fieldThatIsGivenTwiceIsPointedAt(String body, String pointer) throws IOException {
    HttpResponse<String> refused = client.post("/parcels", body.replace('\'', '"'));

    assertProblem(refused, 422, "invalid-fields", "/parcels");
    assertThat(refused.body())
        .contains("{\"pointer\":\"%s\",\"detail\":\"is given twice".formatted(pointer));
  }

  /** UTF-8 cannot encode it, and PostgreSQL rejects it. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'sent_to': '\\ud800'} | /sent_to",
        "{'sent_to': 'a\\udc00b'} | /sent_to",
        "{'sent_to': '\\udc00\\ud800'} | /sent_to",
        "{'sent_to': '\\ud83d\\ud83d\\ude00'} | /sent_to",
        "{'sent_to': 'a', 'more': ['b', {'c': '\\uDBFF'}]} | /more/1/c",
        "`'\\ud800'` | ``"
      })
  void halfOfASurrogatePairIsPointedAt(String body, String pointer) throws IOException {
    HttpResponse<String> refused = client.post("/parcels", body.replace('\'', '"'));

    assertProblem(refused, 422, "invalid-fields", "/parcels");
    assertThat(refused.body())
        .contains("{\"pointer\":\"%s\",\"detail\":".formatted(pointer), "surrogate");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'sent_to': 'a', 'more': {'b\\ud800': 1}} | /more",
        "{'sent_to': 'a', 'more': [{'b': 1}, {'\\udc00': {'c': 1}}]} | /more/1",
        "{'sent_to': 'a', '\\ud800': 1} | ``",
        "{'\\ud83d': 1} | ``"
      })
  void objectWithHalfOfASurrogatePairInANameIsPointedAt(String body, String pointer)
      throws IOException {
    for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16)) {
      HttpResponse<String> refused = post(body.replace('\'', '"').getBytes(charset));

      assertProblem(refused, 422, "invalid-fields", "/parcels");
      assertThat(refused.body())
          .contains(
              "{\"pointer\":\"%s\",\"detail\":\"has a field whose name contains half"
                  .formatted(pointer));
    }
  }

  @Test
  void bodyThatIsNotUtf8IsMalformed() throws IOException {
    byte[] halfOfAPair = "{\"sent_to\": \"abc\"}".getBytes(StandardCharsets.US_ASCII);
    halfOfAPair[13] = (byte) 0xed;
    halfOfAPair[14] = (byte) 0xa0;
    halfOfAPair[15] = (byte) 0x80;
    byte[] latin = "{\"sent_to\": \"Müller\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertProblem(post(halfOfAPair), 400, "malformed-body", "/parcels");
    assertProblem(post(latin), 400, "malformed-body", "/parcels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d\\ude00", "😀", "\\ufffd", "\\\\ud800"})
  void textWithWholeCharactersIsTaken(String text) {
    HttpResponse<String> answer = client.post("/parcels", "{\"sent_to\": \"" + text + "\"}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void failureLeaksNothingOfItsMessage() throws IOException {
    HttpResponse<String> failed = client.get("/parcels/broken");

    assertProblem(failed, 500, "internal-server-error", "/parcels/broken");
    assertThat(failed.body()).doesNotContain("swordfish", "IllegalState", "Exception");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"sent_to\": \"a\", \"wieght\": \"1\"}`, /wieght",
        "`{\"sent_to\": \"a\", \"weight\": \"heavy\"}`, /weight",
        "{\"sent_to\": {}}, /sent_to",
        "{\"sent_to\": \" \"}, /sent_to",
        "{}, /sent_to",
        "`{\"sent_to\": \"a\", \"labels\": [{\"size\": 1}, {\"size\": \"big\"}]}`, /labels/1/size",
        "`{\"sent_to\": \"a\", \"labels\": [{\"size\": 1}, {\"size\": 10}]}`, /labels/1/size",
        "`{\"sent_to\": \"a\", \"labels\": [{\"size\": 1, \"sise\": 1}]}`, /labels/0/sise",
        "`{\"sent_to\": \"a\", \"x/y~z\": 1}`, /x~1y~0z",
        "`{\"sent_to\": \"a\", \"sentTo\": 1}`, /sentTo"
      })
  void fieldAtFaultIsPointedAt(String body, String pointer) throws IOException {
    HttpResponse<String> refused = client.post("/parcels", body);

    assertProblem(refused, 422, "invalid-fields", "/parcels");
    assertThat(refused.body()).contains("\"errors\":[{\"pointer\":\"%s\",".formatted(pointer));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{\"sent_to\": 7}, `must be text, in quotes`",
        "{\"sent_to\": true}, `must be text, in quotes`",
        "`{\"sent_to\": \"a\", \"labels\": [{\"size\": 1.5}]}`, must be a whole number that",
        "`{\"sent_to\": \"a\", \"labels\": [{\"size\": 3000000000}]}`, must be a whole number that",
        "`{\"sent_to\": \"a\", \"number\": 9007199254740993.0}`, must be a whole number that",
        "`{\"sent_to\": \"a\", \"number\": 9.007199254740993e15}`, must be a whole number that",
        "`{\"sent_to\": \"a\", \"number\": 9223372036854775808}`, must be a whole number that",
        "`{\"sent_to\": \"a\", \"labels\": [{\"size\": \"1\"}]}`, `must be a whole number,"
            + " without`",
        "`{\"sent_to\": \"a\", \"labels\": [{\"size\": true}]}`, `must be a whole number, without`",
        "`{\"sent_to\": \"a\", \"weight\": 12.50}`, `must be text, in quotes`"
      })
  void valueOfAnotherTypeIsNotBentToFit(String body, String says) throws IOException {
    HttpResponse<String> refused = client.post("/parcels", body);

    assertProblem(refused, 422, "invalid-fields", "/parcels");
    assertThat(refused.body()).contains(says);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"2031-01-05T08:00:00\"`, has no time zone",
        "`\"2031-01-05T08:00\"`, has no time zone",
        "`\"2031-01-05\"`, must be a time with a time zone",
        "`\"1927353600\"`, must be a time with a time zone",
        "1927353600, `must be text, in quotes`",
        "1.5, `must be text, in quotes`",
        "true, `must be text, in quotes`"
      })
  void instantThatCouldMeanAnotherTimeIsRefused(String due, String says) throws IOException {
    HttpResponse<String> refused =
        client.post("/parcels", "{\"sent_to\": \"a\", \"due\": %s}".formatted(due));

    assertProblem(refused, 422, "invalid-fields", "/parcels");
    assertThat(refused.body()).contains("{\"pointer\":\"/due\",\"detail\":\"" + says);
  }

  @ParameterizedTest
  @CsvSource({
    "2031-01-05T08:00:00, has no time zone",
    "2031-01-05, must be a time with a time zone",
    "1927353600, must be a time with a time zone",
    "2031-01-05T08:00:00+02:00, '2031-01-05T08:00:00%2B02:00'"
  })
  void instantOfAQueryThatCouldMeanAnotherTimeIsRefused(String after, String says)
      throws IOException {
    HttpResponse<String> refused = client.get("/parcels/due?after=" + after);

    assertProblem(refused, 422, "invalid-fields", "/parcels/due");
    assertThat(refused.body()).contains("{\"pointer\":\"?after\",\"detail\":\"", says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2031-01-05T08:00:00Z",
        "2031-01-05T10:00:00%2B02:00",
        "2031-01-05T08:00:00.000Z",
        "2031-01-05T03:30:00-04:30"
      })
  void instantMayHaveAnyOffset(String sent) {
    String json = sent.replace("%2B", "+");

    assertThat(client.get("/parcels/due?after=" + sent).body())
        .isEqualTo("\"2031-01-05T08:00:00Z\"");
    assertThat(
            client.post("/parcels", "{\"sent_to\": \"a\", \"due\": \"%s\"}".formatted(json)).body())
        .contains("\"due\":\"2031-01-05T08:00:00Z\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "4"})
  void queryParameterAtFaultIsPointedAt(String shelf) throws IOException {
    HttpResponse<String> refused = client.get("/parcels/7?shelfNumber=" + shelf);

    assertProblem(refused, 422, "invalid-fields", "/parcels/7");
    assertThat(refused.body()).contains("\"pointer\":\"?shelf_number\"");
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740993, 9007199254740993",
    "-9223372036854775808, -9223372036854775808",
    "9007199254740991.0, 9007199254740991",
    "1e3, 1000"
  })
  void wholeNumberIsReadExactly(String sent, String read) {
    assertThat(client.post("/parcels", "{\"sent_to\": \"a\", \"number\": " + sent + "}").body())
        .contains("\"number\":" + read + ",");
  }

  @ParameterizedTest
  @CsvSource({
    "name=M%FCller, ?name",
    "name=%ED%A0%80, ?name",
    "other=1&name=a%C3, ?name",
    "n%FFme=1, ?n\ufffdme"
  })
  void queryThatIsNotUtf8IsPointedAt(String query, String pointer) throws IOException {
    HttpResponse<String> refused = client.get("/parcels/found?" + query);

    assertProblem(refused, 422, "invalid-fields", "/parcels/found");
    assertThat(refused.body())
        .contains("{\"pointer\":\"%s\",\"detail\":\"is not UTF-8".formatted(pointer));
  }

  @ParameterizedTest
  @CsvSource({"M%C3%BCller, Müller", "%EF%BF%BD, \ufffd", "a+%26+%25, a & %", "a, a"})
  void queryInUtf8IsTaken(String sent, String read) {
    assertThat(client.get("/parcels/found?name=" + sent).body()).isEqualTo(read);
  }

  @Test
  void decimalsAreReadAndWrittenAsStringsWithTheirScale() {
    assertThat(client.post("/parcels", "{\"sent_to\": \"a\", \"weight\": \"1234.50\"}").body())
        .contains("\"weight\":\"1234.50\"");
  }

  private HttpResponse<String> post(byte[] json) {
    return client.send(
        client
            .request("/parcels")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(json)));
  }

  private void assertProblem(
      HttpResponse<String> response, int status, String slug, String instance) throws IOException {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(fields(response))
        .containsEntry("type", "urn:tallyman:problem:" + slug)
        .containsEntry("status", status)
        .containsEntry("instance", instance)
        .containsEntry("request_id", requestId(response))
        .hasEntrySatisfying("title", title -> assertThat(title).asString().isNotBlank())
        .hasEntrySatisfying("detail", detail -> assertThat(detail).asString().isNotBlank());
  }

  private static String requestId(HttpResponse<String> response) {
    return response.headers().firstValue("X-Request-Id").orElseThrow();
  }

  private Map<String, Object> fields(HttpResponse<String> response) throws IOException {
    return Objects.requireNonNull(json.readValue(response.body(), FIELDS));
  }
}
