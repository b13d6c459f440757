package io.tallyman.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class ListsTest extends GatewayTest {
  private static final String LAST = "{\"data\": [], \"next_cursor\": null}";
  private static final String MORE = "{\"data\": [], \"next_cursor\": \"a-b_c\"}";

  @Inject Client client;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users?limit=2&cursor=abc",
        "/vendors?account_name=Oak+%26+Co&manager_id=3&limit=2&cursor=abc",
        "/billings?vendor_id=7&from=2022-03-01&to=2022-03-31&currency=GBP&limit=2&cursor=abc",
        "/payables/vendors?year=2021&currency=GBP&limit=2&cursor=abc",
        "/tasks?status=PENDING&task=billing.sheet&from=2026-01-02T03%3A04%3A05Z&limit=2",
        "/sheets?task_id=7&from=2026-01-02T03%3A04%3A05Z&to=2026-01-03T03%3A04%3A05Z&limit=2",
        "/tasks?to=2026-01-02T03%3A04%3A05Z&cursor=abc",
        "/tasks"
      })
  void everyFilterIsPassedOnAsItCame(String path) {
    FakeService service = path.startsWith("/users") ? users : billing;
    service.answerJson("GET " + path.replaceFirst("\\?.*", ""), 200, LAST);

    HttpResponse<String> list = client.get("/api/v1" + path);

    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(list.body()).isEqualTo("{\"data\":[],\"next_cursor\":null}");
    assertThat(list.headers().firstValue("Link")).isEmpty();
    assertThat(parts(service.received().getFirst().request()))
        .containsExactlyInAnyOrderElementsOf(parts("GET " + path));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/vendors, /api/v1/vendors?cursor=a-b_c",
    "/api/v1/vendors?limit=2&cursor=old, /api/v1/vendors?limit=2&cursor=a-b_c",
    "/api/v1/vendors?account_name=%3C%C3%A9%3E+%26%20,"
        + " /api/v1/vendors?account_name=%3C%C3%A9%3E+%26+&cursor=a-b_c"
  })
  void nextPageIsLinkedWithTheSameFilters(String path, String next) {
    billing.answerJson("GET /vendors", 200, MORE);

    HttpResponse<String> list = client.get(path);

    assertThat(list.body()).contains("\"next_cursor\":\"a-b_c\"");
    assertThat(list.headers().firstValue("Link")).hasValue("<" + next + ">; rel=\"next\"");
  }

  @Test
  void tasksInListsAreLinkedLikeSingleOnes() {
    String task = sample("billing-service", "task");
    billing.answerJson("GET /tasks", 200, "{\"data\": [" + task + "], \"next_cursor\": null}");
    billing.answerJson("GET /tasks/0197a3c2-6f00-7000-8000-000000000001", 200, task);

    String shown = client.get("/api/v1/tasks/0197a3c2-6f00-7000-8000-000000000001").body();
    assertThat(shown).contains("\"links\":{");
    assertThat(client.get("/api/v1/tasks").body())
        .isEqualTo("{\"data\":[" + shown + "],\"next_cursor\":null}");
  }

  @ParameterizedTest
  @CsvSource({
    "/users?id=1, ?id, is not a parameter",
    "/vendors?accountName=Oak, ?accountName, is not a parameter",
    "/sheets?taskId=3, ?taskId, is not a parameter",
    "/vendors?managerId=3, ?managerId, is not a parameter",
    "/tasks?state=PENDING, ?state, is not a parameter",
    "/tasks?status=PENDING&status=RETRY, ?status, is given twice",
    "/billings?to=, ?to, is empty",
    "/billings?cursor, ?cursor, is empty"
  })
  void parameterThatWouldBeIgnoredIsRefused(String path, String pointer, String detail) {
    HttpResponse<String> refused = client.get("/api/v1" + path);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\",\"detail\":\"" + detail);
    assertThat(billing.received()).isEmpty();
    assertThat(users.received()).isEmpty();
  }

  @Test
  void whatTheServiceRefusesIsPassedOn() {
    billing.answerProblem("GET /billings", 422, "invalid-fields");

    HttpResponse<String> refused = client.get("/api/v1/billings?limit=1000");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("urn:tallyman:problem:invalid-fields");
  }

  private static List<String> parts(String request) {
    return List.of(request.split("[?&]", -1));
  }
}
