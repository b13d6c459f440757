package io.tallyman.kit.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.Client;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class RequestIdTest {
  @Inject Client client;

  @Test
  void saneIdIsAcceptedAnsweredAndLogged() {
    HttpResponse<String> answer = get("/echo/logged", "my-request_1.2");

    assertThat(answer.body()).isEqualTo("my-request_1.2");
    assertThat(id(answer)).isEqualTo("my-request_1.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a;b", "ä", "{}"})
  void idThatWouldNotBeSafeInALogIsReplaced(String sent) {
    assertThat(id(get("/echo/logged", sent))).matches("[0-9a-f-]{36}");
  }

  @Test
  void tooLongIdIsReplaced() {
    assertThat(id(get("/echo/logged", "a".repeat(65)))).matches("[0-9a-f-]{36}");
  }

  @Test
  void requestWithoutAnIdGetsOneOfItsOwn() {
    assertThat(id(client.get("/echo/logged"))).isNotEqualTo(id(client.get("/echo/logged")));
  }

  @Test
  void idIsForwardedWithEveryCallThatTheRequestLeadsTo() {
    assertThat(get("/echo/forwarded", "my-request").body()).isEqualTo("my-request");
  }

  @Test
  void errorIsAnsweredWithTheIdToo() {
    assertThat(id(get("/nowhere", "my-request"))).isEqualTo("my-request");
  }

  private HttpResponse<String> get(String path, String id) {
    return client.send(client.request(path).header("X-Request-Id", id));
  }

  private static String id(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-Request-Id").orElseThrow();
  }
}
