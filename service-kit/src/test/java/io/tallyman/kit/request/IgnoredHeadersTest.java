package io.tallyman.kit.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.Client;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class IgnoredHeadersTest {
  @Inject Client client;

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "Accept-Charset utf-16",
        "Accept-Charset no-charset",
        "Accept-Charset ;",
        "Accept-Charset ,",
        "Accept-Charset utf-8;q=x",
        "Accept-Language de",
        "Accept-Language zz-ZZ-x-evil",
        "Accept-Language ;",
        "Accept-Language ,"
      })
  void whatIsNotKnownHereIsIgnored(String header, String value) {
    HttpResponse<String> answer = client.send(client.request("/parcels/7").header(header, value));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(client.get("/parcels/7").body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\""
      })
  void typeOfABodyIsIgnoredWhereNoneIsRead(String type) {
    HttpResponse<String> answer =
        client.send(client.request("/health/liveness").header("Content-Type", type));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
