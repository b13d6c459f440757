package io.tallyman.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.Gateway.Answer;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Supplier;

/** Repeats a request only after a 503, and only a limited number of times. */
final class PatientClient {
  private final Gateway gateway;

  PatientClient(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * @param refusals the maximum number of answers that ask to try again
   */
  Answer ask(Supplier<HttpRequest.Builder> request, int refusals) {
    Answer answer = gateway.answer(request.get());
    for (int refused = 0; answer.status() == 503 && refused < refusals; refused++) {
      assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
      assertThat(answer.body().get("type").asString())
          .isEqualTo("urn:tallyman:problem:service-unavailable");
      answer = gateway.answer(request.get());
    }
    return answer;
  }

  /**
   * @param failures the maximum number of answers that ask to try again, or that end too early
   */
  byte[] download(String sheet, int failures) {
    for (int failed = 0; ; failed++) {
      try {
        HttpResponse<byte[]> answer = gateway.content(sheet, "GET");
        if (answer.statusCode() == 200) {
          return answer.body();
        }
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      } catch (UncheckedIOException endedEarly) {
        assertThat(endedEarly).hasMessageContaining("fixed content-length");
      }
      assertThat(failed).isLessThan(failures);
    }
  }

  void head(String sheet, int refusals) {
    int refused = 0;
    HttpResponse<byte[]> answer = gateway.content(sheet, "HEAD");
    while (answer.statusCode() == 503 && refused++ < refusals) {
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      answer = gateway.content(sheet, "HEAD");
    }
    assertThat(answer.statusCode()).isEqualTo(200);
  }
}
