package io.tallyman.billing.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of imports that are kept under a name. */
final class ImportProfileTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private static final String COUNCIL =
      """
      {"options": {"columns": "payable:Amount", "date_format": "dd/MM/yyyy", "currency": "GBP",
        "on_error": "abort"},
      "header": ["Date ", "Supplier", "Amount"]}
      """;

  @BeforeEach
  void forget() {
    SERVICE.forget();
    SERVICE.execute("DELETE FROM import_profile");
  }

  @Test
  void profileIsKeptAndReplacedUnderItsName() {
    Answer put = SERVICE.put("/import-profiles/council", COUNCIL);

    assertThat(put.status()).as(put.body()).isEqualTo(200);
    assertThat(put.text("name")).isEqualTo("council");
    assertThat(put.text("options", "date_format")).isEqualTo("dd/MM/yyyy");
    assertThat(SERVICE.get("/import-profiles/council").body()).isEqualTo(put.body());

    SERVICE.put("/import-profiles/council", "{\"options\": {\"delimiter\": \"tab\"}}");
    Answer replaced = SERVICE.get("/import-profiles/council");
    assertThat(replaced.body()).contains("\"options\":{\"delimiter\":\"tab\"}");
    assertThat(replaced.text("header")).isEqualTo("null");
  }

  @Test
  void importUsesTheProfileExceptForWhatItsQuerySays() {
    SERVICE.put("/import-profiles/council", COUNCIL);

    Answer accepted = submit("?profile=council&currency=EUR&date_format=ISO");

    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    assertThat(accepted.text("parameters", "columns", "payable")).isEqualTo("Amount");
    assertThat(accepted.text("parameters", "on_error")).isEqualTo("abort");
    assertThat(accepted.text("parameters", "currency")).isEqualTo("EUR");
    assertThat(accepted.text("parameters", "date_format")).isEqualTo("yyyy-MM-dd");
    assertThat(submit("?profile=other").problem()).isEqualTo("unknown-profile");
  }

  @Test
  void formatOfTheSheetCanBeKeptToo() {
    SERVICE.put(
        "/import-profiles/council",
        "{\"options\": {\"sheet_profile\": \"excel\", \"sheet_decimal\": \",\"}}");

    Answer accepted = submit("?profile=council&sheet_delimiter=tab");

    assertThat(accepted.text("parameters", "format", "profile")).isEqualTo("excel");
    assertThat(accepted.text("parameters", "format", "delimiter")).isEqualTo("\t");
    assertThat(accepted.text("parameters", "format", "decimal")).isEqualTo(",");
    assertThat(submit("").text("parameters", "format")).isEqualTo("null");
    assertThat(submit("?sheet_profile=word").status()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource({
    "decimal, ;, /options/decimal",
    "sheet_profile, word, /options/sheet_profile",
    "on_error, never, /options/on_error",
    "mode, validate, /options/mode",
    "colums, payable:Amount, /options/colums",
  })
  void optionThatAQueryCannotHaveIsRefused(String option, String value, String pointer) {
    Answer refused =
        SERVICE.put(
            "/import-profiles/council", "{\"options\": {\"%s\": \"%s\"}}".formatted(option, value));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
    assertThat(SERVICE.count("import_profile")).isZero();
  }

  @Test
  void nameIsSafeInAPath() {
    assertThat(SERVICE.put("/import-profiles/a%20b", COUNCIL).status()).isEqualTo(422);
    assertThat(SERVICE.put("/import-profiles/" + "a".repeat(101), COUNCIL).status()).isEqualTo(422);
  }

  @Test
  void profilesAreListedByNameInPages() {
    for (String name : new String[] {"c", "a", "b"}) {
      SERVICE.put("/import-profiles/" + name, COUNCIL);
    }

    Answer first = SERVICE.get("/import-profiles?limit=2");
    Answer second = SERVICE.get("/import-profiles?limit=2&cursor=" + first.text("next_cursor"));

    assertThat(first.body()).containsSubsequence("\"name\":\"a\"", "\"name\":\"b\"");
    assertThat(second.body()).contains("\"name\":\"c\"").doesNotContain("\"name\":\"b\"");
    assertThat(second.text("next_cursor")).isEqualTo("null");
  }

  @Test
  void deletedProfileIsUnknown() {
    SERVICE.put("/import-profiles/council", COUNCIL);

    assertThat(delete().status()).isEqualTo(204);
    assertThat(delete().status()).isEqualTo(204);
    assertThat(SERVICE.get("/import-profiles/council").problem()).isEqualTo("unknown-profile");
  }

  @Test
  void profilesOfAHeaderAreFoundWhateverItsCaseAndSpaces() {
    SERVICE.put("/import-profiles/council", COUNCIL);
    SERVICE.put("/import-profiles/other", COUNCIL.replace("Supplier", "Vendor"));
    SERVICE.put("/import-profiles/without", "{\"options\": {}}");

    Answer found =
        SERVICE.post(
            "/internal/import-profiles/matches",
            "{\"header\": [\"DATE\", \" supplier\", \"Amount\"]}");

    assertThat(found.status()).isEqualTo(200);
    assertThat(found.body()).contains("\"name\":\"council\"").doesNotContain("other", "without");
  }

  @Test
  void optionsOfAnInspectionAreCheckedAndTakenFromAProfile() {
    SERVICE.put(
        "/import-profiles/council",
        "{\"options\": {\"delimiter\": \";\", \"currency\": \"GBP\", \"on_error\": \"abort\"}}");

    Answer read =
        SERVICE.get("/internal/import-options?profile=council&currency=EUR&columns=payable:Sum");
    Answer bad = SERVICE.get("/internal/import-options?decimal=.&thousands=.&pivot=x");

    assertThat(read.status()).isEqualTo(200);
    assertThat(read.text("delimiter")).isEqualTo(";");
    assertThat(read.text("currency")).isEqualTo("EUR");
    assertThat(read.text("columns", "payable")).isEqualTo("Sum");
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.body()).contains("?thousands", "?pivot");
    assertThat(SERVICE.get("/internal/import-options?profile=unknown").status()).isEqualTo(404);
  }

  private static Answer delete() {
    return SERVICE.send(HttpRequest.newBuilder(SERVICE.uri("/import-profiles/council")).DELETE());
  }

  private static Answer submit(String query) {
    return SERVICE.send(
        HttpRequest.newBuilder(SERVICE.uri("/imports" + query))
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofString("Date,Supplier,Amount\r\n")));
  }
}
