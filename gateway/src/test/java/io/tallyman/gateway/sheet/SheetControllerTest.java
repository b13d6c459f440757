package io.tallyman.gateway.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeServices;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SheetControllerTest implements FakeServices {
  private static final String PATH = "/sheets/0197a3c2-7a00-7000-8000-000000000002";
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "text/csv; charset=utf-8; header=present",
          "Content-Disposition", "attachment; filename=\"billing-2022-03-31.csv\"",
          "ETag", "\"9f86\"",
          "Repr-Digest", "sha-256=:n4bQ:",
          "X-Of-The-Service", "stays inside");

  @Inject Client client;

  @Test
  void manifestIsShown() {
    BILLING.answerJson("GET " + PATH, 200, FakeServices.sample("billing-service", "sheet"));

    HttpResponse<String> shown = client.get("/api/v1" + PATH);

    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.body())
        .contains(
            "\"rows\":742", "\"totals\":[{\"currency\":\"GBP\",\"payable\":\"13705200.99\"}]");
  }

  // Which threads meet differs from one download to the next.
  @RepeatedTest(20)
  void contentArrivesWhole() {
    String csv = "date_billed,payable\r\n" + "2022-03-31,1.00\r\n".repeat(50_000);
    BILLING.answer("GET " + PATH + "/content", 200, HEADERS, bytes(csv));

    HttpResponse<String> content = client.get("/api/v1" + PATH + "/content");

    assertThat(content.body()).isEqualTo(csv);
  }

  @Test
  void contentComesWithTheHeadersThatDescribeItAndNoOthers() {
    BILLING.answer("GET " + PATH + "/content", 200, HEADERS, bytes("date_billed\r\n"));

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
            "date",
            "x-request-id");
    assertThat(content.headers().firstValue("content-type"))
        .hasValue("text/csv; charset=utf-8; header=present");
    assertThat(content.headers().firstValue("content-length")).hasValue("13");
    assertThat(content.headers().firstValue("etag")).hasValue("\"9f86\"");
  }

  /** More than there are connections to billing-service, which each would have kept. */
  @Test
  void headOpensNoStream() {
    for (int i = 0; i < 70; i++) {
      HttpRequest.Builder head = client.request("/api/v1" + PATH + "/content");
      assertThat(client.send(head.method("HEAD", BodyPublishers.noBody())).statusCode())
          .isEqualTo(405);
    }

    assertThat(BILLING.received()).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
