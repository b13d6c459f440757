package io.tallyman.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The samples of the services reach the client unchanged, and the client's requests reach the
 * services.
 */
@MicronautTest
final class WireTest extends GatewayTest {
  private static final Argument<Map<String, Object>> FIELDS =
      Argument.mapOf(String.class, Object.class);

  @Inject Client client;
  @Inject JsonMapper json;

  @ParameterizedTest
  @CsvSource({
    "task, /tasks/0197a3c2-6f00-7000-8000-000000000001",
    "task-events, /tasks/0197a3c2-6f00-7000-8000-000000000001/events",
    "sheet, /sheets/0197a3c2-7a00-7000-8000-000000000002",
    "sheets, /sheets",
    "vendor, /vendors/7",
    "billing, /billings/11",
    "billings, /billings",
    "payables, /payables",
    "vendor-payables, /payables/vendors",
    "task-types, /task-types",
    "workers, /workers",
    "stats, /stats"
  })
  void everythingThatBillingServiceTellsIsPassedOn(String sample, String path) throws IOException {
    String told = sample("billing-service", sample);
    billing.answerJson("GET " + path, 200, told);

    assertThat(fields(client.get("/api/v1" + path).body())).containsAllEntriesOf(fields(told));
  }

  @ParameterizedTest
  @CsvSource({"user, /users/3", "users, /users"})
  void everythingThatUserServiceTellsIsPassedOn(String sample, String path) throws IOException {
    String told = sample("user-service", sample);
    users.answerJson("GET " + path, 200, told);

    assertThat(fields(client.get("/api/v1" + path).body())).isEqualTo(fields(told));
  }

  @Test
  void eventsOfTheAuditLogAreReadAsTheServicesWriteThem() throws IOException {
    users.answerJson("GET /audit-events", 200, sample("user-service", "audit-events"));
    billing.answerJson("GET /audit-events", 200, "{\"data\": []}");

    String body = client.get("/api/v1/audit-events").body();

    assertThat(fields(body).get("data"))
        .asInstanceOf(InstanceOfAssertFactories.list(Object.class))
        .singleElement(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsExactlyInAnyOrderEntriesOf(
            fields(
                """
                {"at": "2026-01-02T03:04:05.678901Z", "service": "user-service", "id": 17,
                 "who": 3, "username": "ada.okafor", "what": "roles.changed", "kind": "user",
                 "which": "7", "address": "203.0.113.9", "request_id": "a-request",
                 "details": {"from": ["viewer"], "to": ["clerk"]}}
                """));
  }

  @Test
  void usersThatAreAskedForByTheirIdsArePassedOn() throws IOException {
    String told = sample("user-service", "chosen-users");
    users.answerJson("GET /users", 200, told);

    assertThat(fields(client.get("/api/v1/users?ids=3,4711").body())).isEqualTo(fields(told));
  }

  @Test
  void sealedProfileIsPassedOn() throws IOException {
    String told = sample("user-service", "sealed-profile");
    users.answerJson("POST /users/3/sealed-profile", 200, told);

    assertThat(fields(client.post("/api/v1/users/3/sealed-profile", "").body()))
        .isEqualTo(fields(told));
  }

  @Test
  void newUserIsSentAsUserServiceReadsIt() throws IOException {
    String sample = sample("user-service", "new-user");
    users.answerJson("POST /users", 201, sample("user-service", "user"));

    client.post("/api/v1/users", sample);

    assertThat(fields(users.received().getFirst().text())).isEqualTo(fields(sample));
  }

  @Test
  void changedUserIsSentAsUserServiceReadsIt() throws IOException {
    String sample = sample("user-service", "changed-user");
    users.answerJson("PATCH /users/3", 200, sample("user-service", "user"));

    client.patch("/api/v1/users/3", sample);

    assertThat(fields(users.received().getFirst().text())).isEqualTo(fields(sample));
  }

  @Test
  void changedVendorIsSentAsBillingServiceReadsIt() throws IOException {
    String sample = sample("billing-service", "changed-vendor");
    users.answerJson("GET /users/4", 200, sample("user-service", "user"));
    billing.answerJson("PATCH /vendors/7", 200, sample("billing-service", "vendor"));

    client.patch("/api/v1/vendors/7", sample);

    assertThat(fields(billing.received().getFirst().text())).isEqualTo(fields(sample));
  }

  @Test
  void newBillingIsSentAsBillingServiceReadsIt() throws IOException {
    String sample = sample("billing-service", "new-billing");
    billing.answerJson("POST /billings", 201, sample("billing-service", "billing"));

    client.post("/api/v1/billings", sample);

    assertThat(fields(billing.received().getFirst().text())).isEqualTo(fields(sample));
  }

  @Test
  void problemIsReadAsBillingServiceWritesIt() throws IOException {
    String told = sample("billing-service", "problem");
    billing.answer(
        "GET /vendors/7",
        409,
        Map.of("Content-Type", "application/problem+json"),
        told.getBytes(StandardCharsets.UTF_8));

    Map<String, Object> expected = fields(told);
    expected.keySet().removeAll(Set.of("instance", "request_id"));
    assertThat(fields(client.get("/api/v1/vendors/7").body())).containsAllEntriesOf(expected);
  }

  private Map<String, Object> fields(String text) throws IOException {
    return Objects.requireNonNull(json.readValue(text, FIELDS));
  }
}
