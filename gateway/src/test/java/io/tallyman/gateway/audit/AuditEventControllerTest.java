package io.tallyman.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class AuditEventControllerTest extends GatewayTest {
  private static final String PATH = "/api/v1/audit-events";

  @Inject Client client;

  @BeforeEach
  void answerWithoutEvents() {
    users.answerJson("GET /audit-events", 200, events());
    billing.answerJson("GET /audit-events", 200, events());
  }

  @Test
  void filtersAndLimitReachTheService() {
    users.answerJson("GET /audit-events", 200, events());

    client.get(
        PATH
            + "?who=3&what=login.failed&which=7&from=2031-01-01T00:00:00Z"
            + "&to=2032-01-01T00:00:00Z&limit=20");

    assertThat(users.received().getLast().request())
        .contains(
            "who=3",
            "what=login.failed",
            "which=7",
            "from=2031-01-01T00%3A00%3A00Z",
            "to=2032-01-01T00%3A00%3A00Z",
            "count=21")
        .doesNotContain("before");
  }

  @Test
  void cursorIsForTheSameFiltersOnly() {
    users.answerJson(
        "GET /audit-events", 200, events(event(3, "05.000002"), event(2, "05.000001")));
    String cursor = cursor(client.get(PATH + "?what=login.failed&limit=1"));

    HttpResponse<String> other = client.get(PATH + "?what=logout&limit=1&cursor=" + cursor);
    HttpResponse<String> damaged =
        client.get(PATH + "?what=login.failed&limit=1&cursor=" + cursor.substring(4));
    HttpResponse<String> next = client.get(PATH + "?what=login.failed&limit=1&cursor=" + cursor);

    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("?cursor");
    assertThat(damaged.statusCode()).isEqualTo(422);
    assertThat(next.statusCode()).isEqualTo(200);
    assertThat(users.received().getLast().request())
        .contains("before=2031-01-02T03%3A04%3A05.000002Z", "before_id=3");
  }

  @Test
  void eventsOfBothServicesAreOneList() {
    users.answerJson(
        "GET /audit-events", 200, events(event(9, "05.000003"), event(8, "05.000001")));
    billing.answerJson(
        "GET /audit-events", 200, events(event(2, "05.000002"), event(1, "05.000001")));

    HttpResponse<String> page = client.get(PATH + "?limit=3");

    assertThat(
            Pattern.compile("\"service\":\"(\\w+)-service\",\"id\":(\\d+)")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1) + found.group(2)))
        .containsExactly("user9", "billing2", "billing1");
    client.get(PATH + "?limit=3&cursor=" + cursor(page));
    assertThat(billing.received().getLast().request())
        .contains("before=2031-01-02T03%3A04%3A05.000001Z", "before_id=1&");
    assertThat(users.received().getLast().request())
        .contains("before=2031-01-02T03%3A04%3A05.000001Z", "before_id=" + Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user-service", "billing-service"})
  void withoutOneOfTheServicesThereIsNoList(String away) {
    FakeService service = away.equals("user-service") ? users : billing;
    service.answerProblem("GET /audit-events", 503, "database-unavailable");

    HttpResponse<String> list = client.get(PATH);
    HttpResponse<String> sheet = client.send(client.request(PATH).header("Accept", "text/csv"));

    assertThat(list.statusCode()).isEqualTo(503);
    assertThat(list.body()).contains(away);
    assertThat(sheet.statusCode()).isEqualTo(503);
    assertThat(sheet.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void sheetIsSafeInASpreadsheet() {
    users.answerJson(
        "GET /audit-events",
        200,
        events(
            event(3, "05.000002").replace("a-request", "-1+cmd").replace("ada", "Ada, \\\"A\\\"")));

    HttpResponse<String> sheet = client.send(client.request(PATH).header("Accept", "text/csv"));

    assertThat(sheet.statusCode()).isEqualTo(200);
    assertThat(sheet.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("audit-events.csv");
    assertThat(sheet.body())
        .isEqualTo(
            "\ufeffat,service,id,who,username,what,kind,which,address,request_id,details\r\n"
                + "2031-01-02T03:04:05.000002Z,user-service,3,3,\"Ada, \"\"A\"\"\",login.failed,"
                + "user,7,203.0.113.9,'-1+cmd,\"{\"\"a\"\":1}\"\r\n");
  }

  private static String events(String... events) {
    return "{\"data\": [" + String.join(",", events) + "]}";
  }

  private static String event(long id, String second) {
    return """
    {"id": %d, "at": "2031-01-02T03:04:%sZ", "who": 3, "who_name": "ada",
     "what": "login.failed", "kind": "user", "which": "7", "address": "203.0.113.9",
     "request_id": "a-request", "details": {"a": 1}}
    """
        .formatted(id, second);
  }

  private static String cursor(HttpResponse<String> page) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.headers().firstValue("Link").orElseThrow()).contains("rel=\"next\"");
    return page.body().replaceAll("(?s).*\"next_cursor\":\"([^\"]+)\".*", "$1");
  }
}
