package io.tallyman.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class DashboardTest {
  private static final Path SOURCES = Path.of("src", "main", "resources", "dashboard");
  private static final Pattern IMPORTED = Pattern.compile("(?:from ?|import\\()\"([^\"\\s]+)\"");

  @Inject Client client;

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "text/html", "application/json"})
  void rootIsTheDashboard(String accepted) {
    HttpResponse<String> page = client.send(client.request("/").header("Accept", accepted));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.body()).contains("dashboard/app.js");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/dashboard/app.js", "/dashboard/nothing.js"})
  void everyAnswerForbidsInlineCodeAndOtherServers(String path) {
    assertThat(client.get(path).headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                    .doesNotContain("unsafe", "data:", "http:", "https:"));
    assertThat(client.get(path).headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @ParameterizedTest
  @CsvSource({
    "app.js, text/javascript; charset=utf-8",
    "tokens.css, text/css; charset=utf-8",
    "text/zh.json, application/json",
    "icon.svg, image/svg+xml",
    "vendor/preact-license.txt, text/plain; charset=utf-8"
  })
  void filesHaveTheirTypes(String path, String type) {
    HttpResponse<String> file = client.get("/dashboard/" + path);

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Type")).hasValue(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..%2Fapplication.yml",
        "..%2Fdocs%2Fproblems.json",
        "%2Fapplication.yml",
        "ui",
        "nothing.js",
        "pages/../app.js.map"
      })
  void otherFilesAreNotServed(String path) {
    assertThat(client.get("/dashboard/" + path).statusCode()).isEqualTo(404);
  }

  @Test
  void unchangedFileIsNotSentAgain() {
    String etag = client.get("/dashboard/app.js").headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again =
        client.send(client.request("/dashboard/app.js").header("If-None-Match", etag));

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void compressedFileHasTheSameContent() throws IOException {
    HttpResponse<byte[]> file =
        client.send(
            client.request("/dashboard/text/en.json").header("Accept-Encoding", "gzip"),
            BodyHandlers.ofByteArray());

    assertThat(file.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(file.body())).readAllBytes())
        .isEqualTo(Files.readAllBytes(SOURCES.resolve("text/en.json")));
  }

  @Test
  void allFilesTogetherHaveLessThan300KilobytesCompressed() throws IOException {
    long bytes = 0;
    for (Path file : files("")) {
      HttpResponse<byte[]> answer =
          client.send(
              client.request(address(file)).header("Accept-Encoding", "gzip"),
              BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).as(file.toString()).isEqualTo(200);
      bytes += answer.body().length;
    }

    assertThat(bytes).isPositive().isLessThan(300_000);
  }

  /** A bare name, such as "preact", would need an import map, and so a looser policy. */
  @Test
  void everyModuleImportsFilesByRelativePathsThatExist() throws IOException {
    for (Path file : files(".js")) {
      for (String imported :
          IMPORTED
              .matcher(Files.readString(file))
              .results()
              .map(found -> found.group(1))
              .toList()) {
        assertThat(imported).as(file.toString()).startsWith(".");
        String target = URI.create(address(file)).resolve(imported).toString();
        assertThat(client.get(target).statusCode()).as("%s in %s", imported, file).isEqualTo(200);
      }
    }
  }

  @Test
  void noFileNamesAnotherServer() throws IOException {
    for (Path file : files("")) {
      if (!file.toString().contains("vendor")) {
        assertThat(Files.readString(file).replace("http://www.w3.org/2000/svg", ""))
            .as(file.toString())
            .doesNotContain("http://", "https://");
      }
    }
  }

  private static String address(Path file) {
    return "/dashboard/" + SOURCES.relativize(file).toString().replace('\\', '/');
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(SOURCES)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(ending))
          .toList();
    }
  }
}
