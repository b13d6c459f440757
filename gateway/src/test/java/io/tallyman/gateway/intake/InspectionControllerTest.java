package io.tallyman.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeService.Received;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@MicronautTest
final class InspectionControllerTest extends GatewayTest {
  private static final int MIB = 1024 * 1024;

  @Inject Client client;
  @Inject JsonMapper json;

  @BeforeEach
  void answer() {
    worker.answerJson("POST /internal/inspections", 200, sample("worker", "inspection"));
    billing.answerJson(
        "POST /internal/import-profiles/matches",
        200,
        sample("billing-service", "profile-matches"));
    billing.answerJson(
        "GET /internal/import-options", 200, sample("billing-service", "import-options"));
  }

  @Test
  void answerHasWhatTheWorkerFoundAndTheProfilesForTheHeader() throws IOException {
    HttpResponse<String> answer = inspect("", new byte[10], "text/csv");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode body = tree(answer.body());
    tree(sample("worker", "inspection"))
        .entries()
        .forEach(found -> assertThat(body.get(found.getKey())).isEqualTo(found.getValue()));
    assertThat(body.get("profiles")).isEqualTo(tree("[\"council\"]"));
    assertThat(billing.received()).hasSize(1);
    assertThat(tree(billing.received().getFirst().text()))
        .isEqualTo(
            tree("{\"header\": [\"Payment Date\", \"Beneficiary Name\", \"Amount\", \"Note\"]}"));
    assertThat(worker.received().getFirst().request()).endsWith("?complete=true");
  }

  @Test
  void headerIsSentAsBillingServiceReadsIt() throws IOException {
    String note = ",\n    {\"place\": 4, \"name\": \"Note\", \"field\": null, \"certainty\": null}";
    String found = sample("worker", "inspection");
    assertThat(found).contains(note);
    worker.answerJson("POST /internal/inspections", 200, found.replace(note, ""));

    inspect("", new byte[10], "text/csv");

    assertThat(tree(billing.received().getFirst().text()))
        .isEqualTo(tree(sample("billing-service", "profile-matches-request")));
  }

  @Test
  void checkedOptionsReachTheWorker() throws IOException {
    inspect(
        "?profile=council&date_format=dd/MM/yyyy&delimiter=%3B",
        new byte[10], "text/csv; charset=windows-1252");

    assertThat(URLDecoder.decode(billing.received().getFirst().request(), UTF_8))
        .startsWith("GET /internal/import-options?")
        .contains(
            "profile=council", "date_format=dd/MM/yyyy", "delimiter=;", "charset=windows-1252");
    String query = worker.received().getFirst().request().split("options=", 2)[1].split("&", 2)[0];
    assertThat(tree(URLDecoder.decode(query, UTF_8)))
        .isEqualTo(tree(sample("billing-service", "import-options")));
  }

  @Test
  void badOptionIsRefusedBeforeTheFileIsInspected() {
    billing.answerProblem("GET /internal/import-options", 422, "invalid-fields");

    HttpResponse<String> answer = inspect("?pivot=x", new byte[3 * MIB], "text/csv");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(worker.received()).isEmpty();
  }

  @Test
  void onlyTheFirstMibIsPassedOn() {
    inspect("", new byte[MIB + 1], "text/csv");
    inspect("", new byte[MIB], "text/csv");

    Received longer = worker.received().getFirst();
    assertThat(longer.request()).endsWith("?complete=false");
    assertThat(longer.body()).hasSize(MIB);
    assertThat(worker.received().getLast().request()).endsWith("?complete=true");
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
