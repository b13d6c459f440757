package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads that are rejected before a task is created. */
@OnSharedStack
final class ImportDoorIT {
  private static final String HEADER = "date_billed,account_name,payable\r\n";
  private static final Map<String, String> CSV = Map.of("Content-Type", "text/csv");

  private final Gateway gateway = RunningStack.SHARED.gateway();

  @ParameterizedTest
  @CsvSource({
    "delimiter, xx",
    "delimiter, '\"'",
    "delimiter, a",
    "charset, foo",
    "charset, '§'",
    "date_format, hello",
    "date_format, dd.MM",
    "date_format, dd.MM.yyyy.yyyy",
    "decimal, ;",
    "on_error, maybe",
    "on_error, SKIP",
    "mode, x",
    "currency, XXY",
    "columns, payable",
    "columns, 'amount:Amount'",
    "columns, 'payable:Amount,payable:Sum'",
    "colums, 'payable:Amount'",
  })
  void optionThatCannotBeMeantIsNamed(String name, String value) {
    Gateway.Answer answer =
        gateway.upload(Gateway.query(name, value), BodyPublishers.ofString(HEADER), CSV);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(422);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo("?" + name);
    assertThat(answer.body().at("/errors/0/detail").asString()).isNotBlank();
  }

  @Test
  void everyFaultOfAQueryIsNamedAtOnce() {
    Gateway.Answer answer =
        gateway.upload(
            Gateway.query("decimal", ";", "mode", "x"), BodyPublishers.ofString(HEADER), CSV);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().get("type").asString())
        .isEqualTo("urn:tallyman:problem:invalid-fields");
    assertThat(answer.body().get("errors").valueStream().map(e -> e.get("pointer").asString()))
        .containsExactlyInAnyOrder("?decimal", "?mode");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, identity",
    "multipart/form-data, identity",
    "application/octet-stream, gzip",
    "text/csv, br",
    "text/csv, zip",
  })
  void bodyThatIsNotCsvIsNotTaken(String type, String encoding) {
    Gateway.Answer answer =
        gateway.upload(
            "",
            BodyPublishers.ofString("{}"),
            Map.of("Content-Type", type, "Content-Encoding", encoding));

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(415);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void uploadThatIsTooLargeIsNotTaken() {
    byte[] body = new byte[RunningStack.MOST_UPLOAD_BYTES + 1];

    Gateway.Answer answer = gateway.upload("", BodyPublishers.ofByteArray(body), CSV);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(413);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.body().get("detail").asString())
        .contains("" + RunningStack.MOST_UPLOAD_BYTES);
  }
}
