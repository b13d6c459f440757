package io.tallyman.user.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.embedded.EmbeddedDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FirstAdminTest {
  @AutoClose private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.startTemporary();

  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void adminIsCreatedOnceAndNoLaterSettingChangesIt() throws Exception {
    try (EmbeddedServer service = start("once", "the first quiet word")) {
      assertThat(login(service, "the first quiet word")).isEqualTo(200);
    }
    try (EmbeddedServer service = start("once", "the second quiet word")) {
      assertThat(login(service, "the second quiet word")).isEqualTo(401);
      assertThat(login(service, "the first quiet word")).isEqualTo(200);
    }
    assertThat(value("once", "SELECT count(*) FROM account")).isEqualTo("1");
  }

  @Test
  void severalInstancesCreateItTogetherOnce() throws Exception {
    DATABASE.createDatabase("together", "together", "together");
    try (ExecutorService starters = Executors.newFixedThreadPool(2)) {
      Callable<EmbeddedServer> start = () -> startOn("together", "the first quiet word");
      Future<EmbeddedServer> one = starters.submit(start);
      Future<EmbeddedServer> other = starters.submit(start);
      try (EmbeddedServer first = one.get();
          EmbeddedServer second = other.get()) {
        assertThat(login(first, "the first quiet word")).isEqualTo(200);
        assertThat(login(second, "the first quiet word")).isEqualTo(200);
        assertThat(value("together", "SELECT count(*) FROM account")).isEqualTo("1");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none"})
  void withoutAPasswordThereIsNoAdmin(String password) throws Exception {
    String name = "without" + password;
    try (EmbeddedServer service = start(name, password.isEmpty() ? "" : null)) {
      assertThat(login(service, "")).isEqualTo(401);
      assertThat(value(name, "SELECT count(*) FROM account")).isEqualTo("0");
    }
  }

  @Test
  void existingAdminStaysTheOnlyOne() throws Exception {
    start("existing", null).close();
    value(
        "existing",
        """
        INSERT INTO account (name, email, username, password_hash, roles)
        VALUES ('Ada', 'ada@example.org', 'ada', 'hash', '{VIEWER,ADMIN}') RETURNING id
        """);

    try (EmbeddedServer service = start("existing", "the first quiet word")) {
      assertThat(login(service, "the first quiet word")).isEqualTo(401);
    }
  }

  @Test
  void passwordThatIsTooShortStopsTheStart() {
    assertThatThrownBy(() -> start("short", "short"))
        .hasStackTraceContaining("tallyman.admin.password must have 8 to 200 characters");
  }

  private static EmbeddedServer start(String name, @Nullable String password) {
    DATABASE.createDatabase(name, name, name);
    return startOn(name, password);
  }

  /** Starts the service on a database that exists. */
  private static EmbeddedServer startOn(String name, @Nullable String password) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("micronaut.server.port", -1);
    settings.put("tallyman.management.port", -1);
    settings.put("tallyman.database.url", DATABASE.jdbcUrl(name));
    settings.put("tallyman.database.user", name);
    settings.put("tallyman.database.password", name);
    settings.put("tallyman.secrets.worker", "the-secret-of-worker-in-all-tests");
    settings.put("tallyman.secrets.gateway", "the-secret-of-gateway-in-all-tests");
    if (password != null) {
      settings.put("tallyman.admin.password", password);
    }
    return ApplicationContext.run(EmbeddedServer.class, settings);
  }

  private int login(EmbeddedServer service, String password) throws Exception {
    String body = "{\"username\": \"admin\", \"password\": \"%s\"}".formatted(password);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(service.getURL() + "/auth/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    return answer.statusCode();
  }

  private static String value(String name, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(DATABASE.jdbcUrl(name), name, name);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      assertThat(found.next()).isTrue();
      return found.getString(1);
    }
  }
}
