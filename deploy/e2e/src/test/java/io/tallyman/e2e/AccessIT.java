package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.testing.TallymanStack;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every route of the OpenAPI document is tried by everybody, on a running stack. Each request has a
 * parameter that no route knows, so nothing is changed where it is let in.
 */
@OnAnyStack
@OnSharedStack
final class AccessIT {
  private static final TallymanStack STACK = RunningStack.SHARED.get();
  private static final Gateway ADMIN = new Gateway(STACK);
  private static final String ID = "0197a3c2-6f00-7000-8000-000000000001";

  /** Those whom a route admits, by the answer for all others. */
  private static final Map<String, Set<String>> ADMITTED =
      Map.of(
          "NotAViewer", Set.of("viewer", "clerk", "admin"),
          "NotAClerk", Set.of("clerk", "admin"),
          "NotAnAdmin", Set.of("admin"));

  /** Ends the session of the cookie, so it needs the CSRF token, though anybody may send it. */
  private static final String LOGOUT = "DELETE /api/v1/auth/session";

  /**
   * @param role empty if the sender is not known
   */
  private record Sender(String name, String header, String value, String role) {
    boolean hasApiKey() {
      return value.startsWith("Bearer tally_");
    }
  }

  /**
   * @param roles those whom it admits
   * @param needsLogin whether it refuses an API key
   */
  private record Route(
      String name,
      String method,
      String path,
      boolean isPublic,
      Set<String> roles,
      boolean needsLogin) {
    boolean changesSomething() {
      return !method.equals("GET") && !method.equals("HEAD");
    }

    /** The status with which the route refuses the sender; 0 if it does not. */
    int refusal(Sender sender) {
      if (sender.header.equals("Cookie") && changesSomething()) {
        return isPublic && !name.equals(LOGOUT) ? 0 : 403;
      }
      if (isPublic) {
        return 0;
      }
      if (sender.role.isEmpty()) {
        return 401;
      }
      if (needsLogin && sender.hasApiKey()) {
        return 403;
      }
      return roles.contains(sender.role) ? 0 : 403;
    }
  }

  @Test
  void routesAreForThoseInTheDocumentOnly() throws Exception {
    List<Route> routes = routes();
    assertThat(routes).hasSizeGreaterThan(50);
    for (Sender sender : senders()) {
      Map<String, Integer> expected = new TreeMap<>();
      Map<String, Integer> refusals = new TreeMap<>();
      for (Route route : routes) {
        expected.put(route.name, route.refusal(sender));
        refusals.put(route.name, refusal(route, sender));
      }
      assertThat(refusals).as(sender.name).isEqualTo(expected);
    }
  }

  private static int refusal(Route route, Sender sender) {
    HttpRequest.Builder request =
        ADMIN
            .requestWithoutToken(
                route.path + (route.name.equals(LOGOUT) ? "" : "?no-such-parameter=1"))
            .method(
                route.method,
                route.changesSomething() ? BodyPublishers.ofString("[]") : BodyPublishers.noBody());
    if (!sender.header.isEmpty()) {
      request.header(sender.header, sender.value);
    }
    if (route.changesSomething()) {
      request.header("Content-Type", "application/json");
    }
    int status = ADMIN.exchange(request).statusCode();
    return status == 401 || status == 403 ? status : 0;
  }

  private static List<Sender> senders() throws Exception {
    ForgedTokens forged = new ForgedTokens(STACK);
    JsonNode viewerKey = key();
    JsonNode revoked = key();
    delete("/api/v1/api-keys/" + revoked.get("id").asString());
    return Stream.concat(
            Stream.of(
                new Sender("nobody", "", "", ""),
                bearer("viewer", STACK.token("viewer"), "viewer"),
                bearer("clerk", STACK.token("clerk"), "clerk"),
                bearer("admin", STACK.token("admin"), "admin"),
                bearer("admin with a token that the test has signed", forged.valid(), "admin"),
                bearer("API key with the scope viewer", viewerKey.get("key").asString(), "viewer"),
                bearer("revoked API key", revoked.get("key").asString(), ""),
                new Sender("session of an admin without CSRF token", "Cookie", session(), "admin")),
            forged.all().entrySet().stream()
                .map(token -> bearer(token.getKey(), token.getValue(), "")))
        .toList();
  }

  private static Sender bearer(String name, String token, String role) {
    return new Sender(name, "Authorization", "Bearer " + token, role);
  }

  private static JsonNode key() {
    return ADMIN
        .post("/api/v1/api-keys", Map.of("name", "matrix", "scopes", List.of("viewer")))
        .body();
  }

  private static void delete(String path) {
    assertThat(ADMIN.exchange(ADMIN.request(path).DELETE()).statusCode()).isEqualTo(204);
  }

  private static String session() {
    String login =
        JsonMapper.shared()
            .writeValueAsString(Map.of("username", "admin", "password", STACK.adminPassword()));
    HttpRequest.Builder request =
        ADMIN
            .requestWithoutToken("/api/v1/auth/session")
            .header("Content-Type", "application/json")
            .header("Origin", "https://" + STACK.gateway().getAuthority())
            .POST(BodyPublishers.ofString(login));
    String cookie = ADMIN.exchange(request).headers().firstValue("Set-Cookie").orElseThrow();
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private static List<Route> routes() {
    return Contract.of(ADMIN)
        .at("/paths")
        .propertyStream()
        .flatMap(
            path ->
                path.getValue()
                    .propertyStream()
                    .filter(operation -> operation.getValue().has("responses"))
                    .map(operation -> route(path.getKey(), operation)))
        .toList();
  }

  private static Route route(String template, Map.Entry<String, JsonNode> operation) {
    String method = operation.getKey().toUpperCase(Locale.ROOT);
    String answer = operation.getValue().at("/responses/403/$ref").asString("");
    String refusal = answer.substring(answer.lastIndexOf('/') + 1);
    JsonNode security = operation.getValue().path("security");
    return new Route(
        method + " " + template,
        method,
        address(template),
        security.isArray() && security.isEmpty(),
        ADMITTED.getOrDefault(refusal, Set.of("viewer", "clerk", "admin")),
        refusal.equals("PasswordNotChanged"));
  }

  private static String address(String template) {
    boolean isNumber = template.matches(".*/(users|api-keys|billings|vendors|views)/.*");
    return template.replaceAll("\\{name}", "a-name").replaceAll("\\{[^}]*}", isNumber ? "3" : ID);
  }
}
