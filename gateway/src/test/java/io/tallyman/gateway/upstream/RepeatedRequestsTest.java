package io.tallyman.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest
final class RepeatedRequestsTest extends GatewayTest {
  @Inject Client client;

  @ParameterizedTest
  @CsvSource({"/tasks,application/json", "/imports,text/csv"})
  void keyReachesTheServiceAndItsWordThatItKnowsTheRequestTheClient(String path, String type) {
    billing.answer(
        "POST " + path,
        202,
        Map.of("Content-Type", "application/json", "Idempotent-Replayed", "true"),
        sample("billing-service", "task").getBytes(StandardCharsets.UTF_8));

    HttpResponse<String> again =
        client.send(
            client
                .request("/api/v1" + path)
                .header("Content-Type", type)
                .header("Idempotency-Key", "once")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    assertThat(billing.received().getFirst().headers().get("Idempotency-Key"))
        .containsExactly("once");
  }

  @ParameterizedTest
  @CsvSource({"/tasks,application/json", "/imports,text/csv"})
  void firstAnswerIsNotSaidToBeRepeated(String path, String type) {
    billing.answerJson("POST " + path, 202, sample("billing-service", "task"));

    HttpResponse<String> first =
        client.send(
            client
                .request("/api/v1" + path)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{}")));

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
    assertThat(billing.received().getFirst().headers()).doesNotContainKey("Idempotency-Key");
  }
}
