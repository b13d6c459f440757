package io.tallyman.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeService.Received;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class ImportControllerTest extends GatewayTest {
  private static final String ID = "0197a3c2-6f00-7000-8000-000000000001";
  private static final String QUERY =
      "?columns=account_name:Beneficiary%20Name,payable:A%26B%2B%C2%A3&currency=GBP";

  @Inject Client client;

  @Test
  void acceptedUploadIsAnsweredWithItsTask() {
    accept();

    HttpResponse<String> accepted = upload(new byte[] {1, 2}, "");

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.headers().firstValue("Location")).hasValue("/api/v1/tasks/" + ID);
    assertThat(accepted.body()).contains("\"links\":{\"self\":\"/api/v1/tasks/" + ID + "\"");
  }

  @Test
  void uploadWhoseAnswerEndsEarlyIsToBeTriedAgain() {
    billing.answerHalf("POST /imports", 202, "{\"task_id\": ");

    HttpResponse<String> answer = upload(new byte[] {1, 2}, "");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(answer.body()).contains("service-unavailable");
  }

  @Test
  void bytesArriveAsTheyWereSentAndGzipIsLeftAlone() {
    accept();
    byte[] bytes = new byte[20_000_000];
    new Random(1).nextBytes(bytes);

    assertThat(upload(bytes, "").statusCode()).isEqualTo(202);

    Received upload = billing.received().getFirst();
    assertThat(upload.body()).isEqualTo(bytes);
    assertThat(upload.headers().getFirst("Content-Type")).isEqualTo("text/csv");
    assertThat(upload.headers().getFirst("Content-Encoding")).isEqualTo("gzip");
    assertThat(upload.headers().getFirst("Content-Length")).isEqualTo("20000000");
  }

  @Test
  void uploadOfUnknownLengthIsPassedOnInChunks() {
    accept();
    byte[] bytes = new byte[300_000];
    new Random(2).nextBytes(bytes);

    client.send(
        client
            .request("/api/v1/imports")
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));

    assertThat(billing.received().getFirst().body()).isEqualTo(bytes);
    assertThat(billing.received().getFirst().headers().getFirst("Transfer-Encoding"))
        .isEqualTo("chunked");
  }

  @Test
  void waitForLeaveToSendIsGranted() {
    accept();

    HttpResponse<String> accepted =
        client.send(
            client
                .request("/api/v1/imports")
                .expectContinue(true)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("a,b\r\n")));

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(billing.received().getFirst().text()).isEqualTo("a,b\r\n");
  }

  @Test
  void queryArrivesAsItWasMeant() {
    accept();

    upload(new byte[] {1}, QUERY);

    assertThat(URI.create(billing.received().getFirst().request().substring(5)).getQuery())
        .isEqualTo("columns=account_name:Beneficiary+Name,payable:A&B+£&currency=GBP");
  }

  @Test
  void everyOptionIsPassedOn() {
    accept();
    String options =
        "?delimiter=%09&charset=utf-16&date_format=dd/MM/yyyy&decimal=,&header_line=2&date=2022-03-31"
            + "&pivot=70&thousands=.&currency_signs=EUR&negative=cr&options=detect&on_error=abort&mode=validate";

    assertThat(upload(new byte[] {1}, options).statusCode()).isEqualTo(202);

    assertThat(URI.create(billing.received().getFirst().request().substring(5)).getQuery())
        .isEqualTo(
            "delimiter=\t&charset=utf-16&date_format=dd/MM/yyyy&decimal=,&header_line=2"
                + "&date=2022-03-31&pivot=70&thousands=.&currency_signs=EUR&negative=cr"
                + "&options=detect&on_error=abort&mode=validate");
  }

  @Test
  void semicolonInAQueryNeedsNoEncoding() {
    accept();

    assertThat(upload(new byte[] {1}, "?delimiter=;&columns=payable:A;B").statusCode())
        .isEqualTo(202);

    assertThat(URI.create(billing.received().getFirst().request().substring(5)).getQuery())
        .isEqualTo("columns=payable:A;B&delimiter=;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/undo", "/duplicates"})
  void taskAboutAnImportIsPassedOn(String what) {
    billing.answerJson("POST /imports/" + ID + what, 202, sample("billing-service", "task"));

    HttpResponse<String> accepted = client.post("/api/v1/imports/" + ID + what, "");

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.headers().firstValue("Location")).hasValue("/api/v1/tasks/" + ID);
  }

  @Test
  void refusedUploadIsAnsweredWithTheProblem() {
    billing.answerProblem("POST /imports", 415, "unsupported-media-type");

    HttpResponse<String> refused = upload(new byte[] {1}, "");

    assertThat(refused.statusCode()).isEqualTo(415);
    assertThat(refused.body()).contains("\"instance\":\"/api/v1/imports\"", "\"Because.\"");
  }

  @Test
  void unknownQueryParameterIsRefusedBeforeAnythingIsStored() {
    HttpResponse<String> refused = upload(new byte[1_000_000], "?currncy=GBP");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"?currncy\"");
    assertThat(billing.received()).isEmpty();
  }

  private void accept() {
    billing.answerJson("POST /imports", 202, sample("billing-service", "task"));
  }

  private HttpResponse<String> upload(byte[] bytes, String query) {
    return client.send(
        client
            .request("/api/v1/imports" + query)
            .header("Content-Type", "text/csv")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(bytes)));
  }
}
