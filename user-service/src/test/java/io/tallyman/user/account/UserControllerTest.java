package io.tallyman.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.idempotency.IdempotencyKey;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UserControllerTest implements RealDatabase {
  private static final Argument<String> TEXT = Argument.STRING;

  @Inject
  @Client("/")
  HttpClient client;

  @BeforeEach
  void forgetUsers() {
    RealDatabase.execute("TRUNCATE account CASCADE");
  }

  @Test
  void addedUserIsFoundByTheLocationOfTheAnswer() {
    HttpResponse<String> added = add(Map.of());

    assertThat(added.code()).isEqualTo(201);
    HttpResponse<String> shown = get(added.header("Location"));
    assertThat(shown.code()).isEqualTo(200);
    assertThat(shown.body()).isEqualTo(added.body());
    assertThat(shown.body())
        .contains("\"email\":\"ada@example.org\"", "\"roles\":[\"clerk\",\"viewer\"]");
  }

  @Test
  void passwordIsKeptAsArgon2idHashAndNeverAnswered() {
    HttpResponse<String> added = add(Map.of("password", "correct horse"));

    assertThat(added.body()).doesNotContain("correct horse").doesNotContain("password");
    assertThat(passwordHash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada@example.org", "ADA@Example.org"})
  void emailIsUniqueWithoutRegardToCase(String email) {
    add(Map.of());

    HttpResponse<String> refused = add(Map.of("email", email, "username", "somebody.else"));

    assertThat(refused.code()).isEqualTo(409);
    assertThat(type(refused)).isEqualTo("urn:tallyman:problem:email-taken");
    assertThat(pointers(refused)).containsExactly("/email");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada.okafor", "Ada.Okafor"})
  void usernameIsUniqueWithoutRegardToCase(String username) {
    add(Map.of());

    HttpResponse<String> refused = add(Map.of("email", "else@example.org", "username", username));

    assertThat(refused.code()).isEqualTo(409);
    assertThat(type(refused)).isEqualTo("urn:tallyman:problem:username-taken");
    assertThat(pointers(refused)).containsExactly("/username");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "name,\" \"",
        "name,\"a\u0000b\"",
        "email,\" ada@example.org\"",
        "email,ada.example.org",
        "email,ada@b@example.org",
        "username,ab",
        "username,.ada",
        "username,\"ada okafor\"",
        "password,seven77",
      })
  void invalidFieldIsRefusedByItsName(String name, String value) {
    HttpResponse<String> refused = add(Map.of(name, value));

    assertThat(refused.code()).isEqualTo(422);
    assertThat(type(refused)).isEqualTo("urn:tallyman:problem:invalid-fields");
    assertThat(pointers(refused)).containsExactly("/" + name);
  }

  @Test
  void everyMissingFieldThatIsNeededIsNamed() {
    HttpResponse<String> refused = post("{}");

    assertThat(refused.code()).isEqualTo(422);
    assertThat(pointers(refused)).containsExactly("/email", "/name", "/password", "/username");
  }

  @ParameterizedTest
  @ValueSource(strings = {"emperor", "CLERK", "Clerk", ""})
  void unknownRoleIsRefused(String role) {
    HttpResponse<String> refused = add(Map.of("roles", List.of("viewer", role)));

    assertThat(refused.code()).isEqualTo(422);
    assertThat(pointers(refused)).containsExactly("/roles/1");
  }

  @Test
  void formerNameOfARoleIsRefusedWithTheNewOne() {
    HttpResponse<String> refused = add(Map.of("roles", List.of("finance")));

    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.body())
        .contains("\"pointer\":\"/roles/0\"", "is now called clerk; send clerk instead of finance");
  }

  @Test
  void roleThatIsNullIsRefused() {
    HttpResponse<String> refused = add(Map.of("roles", Collections.singletonList(null)));

    assertThat(refused.code()).as(refused.body()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/roles");
  }

  @Test
  void userWithoutRolesIsAdded() {
    assertThat(add(Map.of("roles", List.of())).code()).isEqualTo(201);
  }

  @Test
  void roleThatIsGivenTwiceIsKeptOnce() {
    assertThat(add(Map.of("roles", List.of("viewer", "admin", "viewer"))).body())
        .contains("\"roles\":[\"viewer\",\"admin\"]");
  }

  @Test
  void repeatedRequestAddsOneUserAndIsKnownByItsPasswordToo() {
    String key = UUID.randomUUID().toString();
    HttpResponse<String> first = keyed(key, Map.of());

    HttpResponse<String> again = keyed(key, Map.of());
    HttpResponse<String> other = keyed(key, Map.of("password", "another long word"));
    HttpResponse<String> renamed = keyed(key, Map.of("name", "Ada"));

    assertThat(again.code()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header(IdempotencyKey.REPLAYED)).isEqualTo("true");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(other.code()).isEqualTo(422);
    assertThat(type(other)).isEqualTo("urn:tallyman:problem:idempotency-key-reused");
    assertThat(type(renamed)).isEqualTo("urn:tallyman:problem:idempotency-key-reused");
  }

  @Test
  void repeatedRequestsAtTheSameTimeAddOneUserAndHaveItsAnswer() throws InterruptedException {
    String key = UUID.randomUUID().toString();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<HttpResponse<String>> keyed = () -> keyed(key, Map.of());
      List<Future<HttpResponse<String>>> answers = clients.invokeAll(Collections.nCopies(6, keyed));

      assertThat(answers).allMatch(answer -> answer.resultNow().code() == 201);
      assertThat(answers).extracting(answer -> answer.resultNow().body()).containsOnly(body());
    }
  }

  private String body() {
    return String.valueOf(get("/users/" + id()).body());
  }

  private long id() {
    return Long.parseLong(RealDatabase.value("SELECT id FROM account"));
  }

  @Test
  void unknownUserIsNotFound() {
    HttpResponse<String> refused = get("/users/4711");

    assertThat(refused.code()).isEqualTo(404);
    assertThat(type(refused)).isEqualTo("urn:tallyman:problem:unknown-user");
  }

  /** Adds Ada, with some of her fields replaced. */
  private HttpResponse<String> add(Map<String, Object> replaced) {
    return send(HttpRequest.POST("/users", ada(replaced)));
  }

  private HttpResponse<String> keyed(String key, Map<String, Object> replaced) {
    return send(HttpRequest.POST("/users", ada(replaced)).header(IdempotencyKey.HEADER, key));
  }

  private static Map<String, Object> ada(Map<String, Object> replaced) {
    Map<String, Object> user = new HashMap<>();
    user.put("name", "Ada Okafor");
    user.put("email", "ada@example.org");
    user.put("username", "ada.okafor");
    user.put("password", "a long and quiet word");
    user.put("roles", List.of("clerk", "viewer"));
    user.putAll(replaced);
    return user;
  }

  private HttpResponse<String> post(String body) {
    return send(HttpRequest.POST("/users", body));
  }

  private HttpResponse<String> send(HttpRequest<?> request) {
    return client.toBlocking().exchange(request, TEXT, TEXT);
  }

  private HttpResponse<String> get(@Nullable String path) {
    return client.toBlocking().exchange(HttpRequest.GET(String.valueOf(path)), TEXT, TEXT);
  }

  private String passwordHash() {
    return RealDatabase.value("SELECT password_hash FROM account");
  }

  private static String type(HttpResponse<String> problem) {
    return values(problem, "type").getFirst();
  }

  private static List<String> pointers(HttpResponse<String> problem) {
    return values(problem, "pointer");
  }

  private static List<String> values(HttpResponse<String> problem, String name) {
    return Pattern.compile('"' + name + "\":\"([^\"]*)\"")
        .matcher(String.valueOf(problem.body()))
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
