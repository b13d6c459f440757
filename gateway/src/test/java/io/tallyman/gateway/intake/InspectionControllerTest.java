package io.tallyman.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeService.Received;
import io.tallyman.gateway.FakeServices;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InspectionControllerTest implements FakeServices {
  private static final int MIB = 1024 * 1024;

  @Inject Client client;
  @Inject JsonMapper json;

  @BeforeEach
  void answer() {
    WORKER.answerJson(
        "POST /internal/inspections", 200, FakeServices.sample("worker", "inspection"));
    BILLING.answerJson(
        "POST /internal/import-profiles/matches",
        200,
        FakeServices.sample("billing-service", "profile-matches"));
    BILLING.answerJson(
        "GET /internal/import-options",
        200,
        FakeServices.sample("billing-service", "import-options"));
  }

  @Test
  void answerHasWhatTheWorkerFoundAndTheProfilesForTheHeader() throws IOException {
    HttpResponse<String> answer = inspect("", new byte[10], "text/csv");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode body = tree(answer.body());
    tree(FakeServices.sample("worker", "inspection"))
        .entries()
        .forEach(found -> assertThat(body.get(found.getKey())).isEqualTo(found.getValue()));
    assertThat(body.get("profiles")).isEqualTo(tree("[\"council\"]"));
    assertThat(BILLING.received()).hasSize(1);
    assertThat(tree(BILLING.received().getFirst().text()))
        .isEqualTo(
            tree("{\"header\": [\"Payment Date\", \"Beneficiary Name\", \"Amount\", \"Note\"]}"));
    assertThat(WORKER.received().getFirst().request()).endsWith("?complete=true");
  }

  @Test
  void headerIsSentAsBillingServiceReadsIt() throws IOException {
    String note = ",\n    {\"place\": 4, \"name\": \"Note\", \"field\": null, \"certainty\": null}";
    String found = FakeServices.sample("worker", "inspection");
    assertThat(found).contains(note);
    WORKER.answerJson("POST /internal/inspections", 200, found.replace(note, ""));

    inspect("", new byte[10], "text/csv");

    assertThat(tree(BILLING.received().getFirst().text()))
        .isEqualTo(tree(FakeServices.sample("billing-service", "profile-matches-request")));
  }

  @Test
  void checkedOptionsReachTheWorker() throws IOException {
    inspect(
        "?profile=council&date_format=dd/MM/yyyy&delimiter=%3B",
        new byte[10], "text/csv; charset=windows-1252");

    assertThat(URLDecoder.decode(BILLING.received().getFirst().request(), UTF_8))
        .startsWith("GET /internal/import-options?")
        .contains(
            "profile=council", "date_format=dd/MM/yyyy", "delimiter=;", "charset=windows-1252");
    String query = WORKER.received().getFirst().request().split("options=", 2)[1].split("&", 2)[0];
    assertThat(tree(URLDecoder.decode(query, UTF_8)))
        .isEqualTo(tree(FakeServices.sample("billing-service", "import-options")));
  }

  @Test
  void badOptionIsRefusedBeforeTheFileIsInspected() {
    BILLING.answerProblem("GET /internal/import-options", 422, "invalid-fields");

    HttpResponse<String> answer = inspect("?pivot=x", new byte[3 * MIB], "text/csv");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(WORKER.received()).isEmpty();
  }

  @Test
  void onlyTheFirstMibIsPassedOn() {
    inspect("", new byte[MIB + 1], "text/csv");
    inspect("", new byte[MIB], "text/csv");

    Received longer = WORKER.received().getFirst();
    assertThat(longer.request()).endsWith("?complete=false");
    assertThat(longer.body()).hasSize(MIB);
    assertThat(WORKER.received().getLast().request()).endsWith("?complete=true");
  }

  private HttpResponse<String> inspect(String query, byte[] file, String type) {
    return client.send(
        client
            .request("/api/v1/imports/inspect" + query)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(file)));
  }

  private JsonNode tree(String text) throws IOException {
    return Objects.requireNonNull(json.readValue(text, JsonNode.class));
  }
}
