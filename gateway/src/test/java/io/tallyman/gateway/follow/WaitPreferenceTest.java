package io.tallyman.gateway.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WaitPreferenceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "wait=25|25",
        "wait=0|0",
        "wait=007|7",
        "Wait = 25|25",
        "wait=\"25\"|25",
        "respond-async, wait=10|10",
        "respond-async , wait=10; any=\"thing\", other|10",
        "other=\"a, wait=3\", wait=4|4",
        "other=\"a\\\", wait=3\", wait=4|4",
        "other=\"\\\\\", wait=4|4",
        "wait=5, wait=6|5",
        "wait=31|30",
        "wait=99999999999999999999|30"
      })
  void firstWaitCountsUpToThirtySeconds(String header, int seconds) {
    assertThat(read(header)).hasValue(new WaitPreference(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "wait",
        "wait=",
        "wait=\"\"",
        "wait=-1",
        "wait=1.5",
        "wait=2s",
        "wait=\"25",
        "await=25",
        "wait=soon, wait=25",
        "respond-async",
        "other=\"wait=3",
        "\\"
      })
  void whatCannotBeUnderstoodIsIgnored(String header) {
    assertThat(read(header)).isEmpty();
  }

  @Test
  void preferencesMayStandInSeveralLines() {
    assertThat(read("respond-async", "wait=12")).hasValue(new WaitPreference(12));
    assertThat(read()).isEmpty();
  }

  private static Optional<WaitPreference> read(String... lines) {
    MutableHttpRequest<?> request = HttpRequest.GET("/");
    for (String line : lines) {
      request.getHeaders().add("Prefer", line);
    }
    return WaitPreference.in(request.getHeaders());
  }
}
