package io.tallyman.kit.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.Client;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class DeadlineTest {
  @Inject Client client;

  @Test
  void timeThatIsLeftRunsFromTheArrivalOfARequest() {
    assertThat(Duration.parse(remaining("60000")))
        .isPositive()
        .isLessThanOrEqualTo(Duration.ofSeconds(60));
    assertThat(remaining("0")).isEqualTo("PT0S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "1e3", "soon", "99999999999999999999"})
  void whatCannotBeReadIsNoDeadline(String sent) {
    assertThat(remaining(sent)).isEqualTo("none");
  }

  @Test
  void requestWithoutTheHeaderHasNoDeadline() {
    assertThat(client.get("/echo/remaining").body()).isEqualTo("none");
  }

  @Test
  void shortestPatienceIsSentAndLeavesTimeForTheAnswer() {
    MutableHttpRequest<?> call = HttpRequest.GET("/");
    Deadline.limit(call, Duration.ofSeconds(10));
    Deadline.limit(call, Duration.ofSeconds(2));
    Deadline.limit(call, Duration.ofSeconds(5));

    assertThat(call.getHeaders().get(Deadline.HEADER)).isEqualTo("1800");
  }

  private String remaining(String sent) {
    return client.send(client.request("/echo/remaining").header(Deadline.HEADER, sent)).body();
  }
}
