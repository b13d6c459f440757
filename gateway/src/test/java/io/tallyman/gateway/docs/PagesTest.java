package io.tallyman.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.io.ResourceLoader;
import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class PagesTest {
  private static final Pattern LOADED = Pattern.compile("(?:href|src)=\"(?!data:)([^\"]+)\"");

  @Inject Client client;
  @Inject ResourceLoader resources;
  @Inject JsonMapper json;

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/docs/live", "/docs/problems"})
  void pageIsHtmlAndEverythingThatItNamesIsServedFromHere(String path) {
    HttpResponse<String> page = client.get(path);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    List<String> named =
        LOADED.matcher(page.body()).results().map((MatchResult found) -> found.group(1)).toList();
    assertThat(named)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(client.get(name).statusCode()).as(name).isEqualTo(200));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs",
        "/docs/live",
        "/docs/problems",
        "/docs/assets/docs.js",
        "/docs/assets/nothing"
      })
  void pagesMayLoadWhatIsServedFromHereOnly(String path) {
    assertThat(client.get(path).headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).startsWith("default-src 'none'; script-src 'self';"));
    assertThat(client.get(path).headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @ParameterizedTest
  @CsvSource({"docs.js, application/javascript", "docs.css, text/css"})
  void assetsHaveTheirTypes(String name, String expected) {
    assertThat(client.get("/docs/assets/" + name).headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "/tallyman-tasks.js, text/javascript; charset=utf-8",
    "/tallyman-tasks.d.ts, text/plain; charset=utf-8"
  })
  void clientModuleHasTheTypeThatBrowsersRequire(String path, String expected) {
    HttpResponse<String> answer = client.get(path);

    assertThat(answer.body()).contains("follow(");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.html", "problems.json", "..%2Fapplication.yml", "swagger-ui.js"})
  void otherFilesAreNotGivenAway(String name) {
    HttpResponse<String> refused = client.get("/docs/assets/" + name);

    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void everyProblemCanBeLinkedTo() {
    String page = client.get("/docs/problems").body();

    assertThat(ProblemPage.read(resources, json))
        .allSatisfy(problem -> assertThat(page).contains("<tr id=\"" + problem.slug() + "\">"));
  }
}
