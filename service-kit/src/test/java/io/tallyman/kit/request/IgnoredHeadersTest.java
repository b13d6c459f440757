package io.tallyman.kit.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.Client;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest
final class IgnoredPreferencesTest {
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
}
