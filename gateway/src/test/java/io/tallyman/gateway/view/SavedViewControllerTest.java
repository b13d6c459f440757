package io.tallyman.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.access.Tokens;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Users save views for themselves; nobody sees those of others. */
@MicronautTest
final class SavedViewControllerTest extends GatewayTest {
  private static final String PATH = "/api/v1/views";

  @Inject Client client;

  @Test
  void viewsOfTheSenderAreListed() {
    String views = sample("user-service", "saved-views");
    users.answerJson("GET /users/3/views", 200, views);

    String listed = send(client.anonymous(PATH).GET()).body();

    assertThat(listed.replaceAll("\\s", "")).isEqualTo(views.replaceAll("\\s", ""));
  }

  @Test
  void viewIsSavedForTheSender() {
    String view = sample("user-service", "new-saved-view");
    users.answerJson("POST /users/3/views", 200, sample("user-service", "saved-view"));

    assertThat(send(json(view)).statusCode()).isEqualTo(200);
    assertThat(users.received().getLast().text()).contains("status=FAILURE&task=billing.import");
  }

  @Test
  void fieldThatNobodyKnowsIsRefused() {
    assertThat(send(json("{\"name\": \"a\", \"filter\": \"b\"}")).statusCode()).isEqualTo(422);
    assertThat(users.received()).isEmpty();
  }

  @Test
  void viewOfTheSenderIsDeleted() {
    users.answer("DELETE /users/3/views/5", 204, Map.of(), new byte[0]);

    assertThat(send(client.anonymous(PATH + "/5").DELETE()).statusCode()).isEqualTo(204);
  }

  @Test
  void withoutATokenThereAreNoViews() {
    assertThat(client.send(client.anonymous(PATH).GET()).statusCode()).isEqualTo(401);
    assertThat(users.received()).isEmpty();
  }

  private HttpRequest.Builder json(String body) {
    return client
        .anonymous(PATH)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    return client.send(request.header("Authorization", Tokens.SHARED.bearer("viewer")));
  }
}
