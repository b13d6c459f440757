package io.tallyman.user.view;

import static io.tallyman.user.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SavedViewTest implements RealDatabase {
  private static final String VIEWS = "/users/1/views";

  @Inject
  @Client("/")
  HttpClient client;

  @BeforeEach
  void addAdaAndBen() {
    RealDatabase.addAdaAndBen("CLERK", "");
  }

  @Test
  void viewsAreListedByName() {
    save("Failed", "status=FAILURE");
    save("失败", "status=FAILURE&task=billing.import");
    save("All", "");

    assertThat(send(HttpRequest.GET(VIEWS)).body())
        .containsSubsequence("\"All\"", "\"Failed\"", "\"失败\"");
  }

  @Test
  void viewOfTheSameNameIsReplaced() {
    String first = String.valueOf(save("Failed", "status=FAILURE").body());
    String second = String.valueOf(save("Failed", "status=-SUCCESS").body());

    assertThat(second).contains("\"status=-SUCCESS\"");
    assertThat(second.replaceAll(",.*", "")).isEqualTo(first.replaceAll(",.*", ""));
    assertThat(RealDatabase.value("SELECT count(*)::text FROM saved_view")).isEqualTo("1");
  }

  @Test
  void viewsOfOthersAreNeitherListedNorDeleted() {
    save("Failed", "status=FAILURE");

    assertThat(send(HttpRequest.GET("/users/2/views")).body()).isEqualTo("{\"data\":[]}");
    assertProblem(send(HttpRequest.DELETE("/users/2/views/1")), 404, "unknown-view");
    assertThat(RealDatabase.value("SELECT count(*)::text FROM saved_view")).isEqualTo("1");
    assertThat(send(HttpRequest.DELETE(VIEWS + "/1")).code()).isEqualTo(204);
    assertThat(RealDatabase.value("SELECT count(*)::text FROM saved_view")).isEqualTo("0");
  }

  @Test
  void userHasAtMostOneHundredViews() {
    RealDatabase.execute(
        """
        INSERT INTO saved_view (account_id, name, query)
        SELECT 1, 'view ' || n, '' FROM generate_series(1, 100) AS n
        """);

    assertProblem(save("one more", ""), 409, "too-many-views");
    assertThat(save("view 100", "status=FAILURE").code()).isEqualTo(200);
  }

  @Test
  void userWhoDoesNotExistHasNoViews() {
    assertProblem(
        send(HttpRequest.POST("/users/7/views", Map.of("name", "a", "query", ""))),
        404,
        "unknown-user");
  }

  @ParameterizedTest
  @CsvSource({
    "' ', status=FAILURE, /name",
    "a\tb, status=FAILURE, /name",
    "a, a\tb, /query",
    "NNN, a, /name",
    "a, QQQ, /query"
  })
  void nameAndQueryAreLimited(String name, String query, String pointer) {
    HttpResponse<String> refused =
        save(name.replace("NNN", "n".repeat(101)), query.replace("QQQ", "q".repeat(1001)));

    assertProblem(refused, 422, "invalid-fields");
    assertThat(refused.body()).contains(pointer);
  }

  private HttpResponse<String> save(String name, String query) {
    return send(HttpRequest.POST(VIEWS, Map.of("name", name, "query", query)));
  }

  private HttpResponse<String> send(HttpRequest<?> request) {
    return client
        .toBlocking()
        .exchange(request, Argument.of(String.class), Argument.of(String.class));
  }
}
