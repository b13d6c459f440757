package io.tallyman.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a path is written, nobody gets data without a token. */
@MicronautTest
final class SpellingsTest extends GatewayTest {
  private static final String DATA = "what only some may read";

  @Inject Client client;

  @BeforeEach
  void answerEverything() {
    String page = "{\"data\": [], \"next_cursor\": null, \"told\": \"%s\"}".formatted(DATA);
    billing.answerJson("GET /payables", 200, "{\"year\": 2025, \"totals\": [], \"months\": []}");
    billing.answerJson("GET /internal/workers", 200, page);
    users.answerJson("GET /internal/users", 200, page);
  }

  /** Otherwise the refusals below would prove nothing. */
  @Test
  void plainPathWithATokenIsAnswered() {
    assertThat(send("GET", "/api/v1/payables?year=2025", Tokens.ADMIN))
        .startsWith("HTTP/1.1 200 ")
        .contains("\"year\":2025");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/payables?year=2025",
        "/api/v1/payables/?year=2025",
        "/api/v1//payables?year=2025",
        "//api/v1/payables?year=2025",
        "/api/v1/payables//?year=2025",
        "/api/v1/./payables?year=2025",
        "/./api/v1/payables?year=2025",
        "/API/V1/PAYABLES?year=2025",
        "/api/v1/Payables?year=2025",
        "/api/v1/payables;x=1?year=2025",
        "/api/v1/payables;x?year=2025",
        "/api/v1;x/payables?year=2025",
        "/;x/api/v1/payables?year=2025",
        "/%61pi/v1/payables?year=2025",
        "/api/v1/%70ayables?year=2025",
        "/api%2Fv1%2Fpayables?year=2025",
        "/api%2fv1/payables?year=2025",
        "/api/v1%2fpayables?year=2025",
        "/api/v1/%2e/payables?year=2025",
        "/api/v1/auth/../payables?year=2025",
        "/api/v1/auth/%2e%2e/payables?year=2025",
        "/api/v1/auth%2f..%2fpayables?year=2025",
        "/api/v1/auth/login/../../payables?year=2025",
        "/api/v1/auth;/../payables?year=2025",
        "/docs/../api/v1/payables?year=2025",
        "/docs/assets/..%2f..%2f..%2fapi/v1/payables?year=2025",
        "/dashboard/../api/v1/payables?year=2025",
        "/dashboard/%2e%2e/api/v1/payables?year=2025",
        "/dashboard/..%2fapi%2fv1%2fpayables?year=2025",
        "/dashboard//api/v1/payables?year=2025",
        "/health/../api/v1/payables?year=2025",
        "http://localhost/api/v1/payables?year=2025",
        "http://localhost/docs/../api/v1/payables?year=2025",
        "/api/v1/payables%00?year=2025",
        "/api/v1/payables%20?year=2025",
        "/api/v1/payables.json?year=2025",
        "/api/v1/payables%3Fyear=2025",
        "/api/v1\\payables?year=2025",
        "/internal/workers",
        "/internal/users",
        "//internal/workers",
        "/%69nternal/workers",
        "/internal%2fworkers",
        "/api/internal/workers",
        "/api/v1/internal/workers",
        "/api/v1/../../internal/workers",
        "/api/v1/%2e%2e/%2e%2e/internal/workers",
        "/api/v1/..%2f..%2finternal%2fworkers",
        "/api/v1/sheets/..%2f..%2finternal%2fworkers",
        "/api/v1/import-profiles/..%2f..%2finternal%2fworkers",
        "/api/v1/import-profiles/%2e%2e",
        "/dashboard/../internal/workers",
        "/dashboard/..%2finternal%2fworkers",
        "/docs/assets/..%2f..%2finternal%2fworkers",
        "http://billing-service/internal/workers"
      })
  void otherSpellingIsNoWayIn(String path) {
    for (String method : new String[] {"GET", "HEAD"}) {
      String answer = send(method, path, "Accept: */*");

      assertThat(answer).as(method).matches("(?s)HTTP/1.1 4\\d\\d .*").doesNotContain(DATA);
    }
    assertThat(billing.received()).isEmpty();
    assertThat(users.received()).isEmpty();
    assertThat(worker.received()).isEmpty();
  }

  private String send(String method, String path, String header) {
    return client.raw(
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n\r\n"
            .formatted(method, path, header),
        "");
  }
}
