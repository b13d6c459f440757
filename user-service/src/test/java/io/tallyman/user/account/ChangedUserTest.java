package io.tallyman.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import io.tallyman.user.password.PasswordHashing;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChangedUserTest implements RealDatabase {
  @Inject
  @Client("/")
  HttpClient client;

  @Inject PasswordHashing hashing;

  @BeforeEach
  void addAdaAndBen() {
    RealDatabase.addAdaAndBen("CLERK,VIEWER", "");
  }

  @Test
  void whatIsGivenIsChangedAndTheRestStays() {
    HttpResponse<String> changed =
        patch("{\"email\": \"ada@example.com\", \"roles\": [\"admin\", \"admin\"]}");

    assertThat(changed.code()).isEqualTo(200);
    assertThat(changed.body())
        .contains(
            "\"name\":\"Ada\"",
            "\"email\":\"ada@example.com\"",
            "\"username\":\"ada.okafor\"",
            "\"roles\":[\"admin\"]");
    assertThat(send(HttpRequest.GET("/users/1")).body()).isEqualTo(changed.body());
    assertThat(passwordHash()).isEqualTo("hash");
    assertThat(send(HttpRequest.GET("/users/2")).body()).contains("ben@example.org");
  }

  @Test
  void roleThatIsNullIsRefused() {
    HttpResponse<String> refused = patch("{\"roles\": [null]}");

    assertThat(refused.code()).as(refused.body()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/roles");
  }

  @Test
  void nothingGivenChangesNothing() {
    String before = send(HttpRequest.GET("/users/1")).body();

    assertThat(patch("{}").body()).isEqualTo(before);
  }

  @Test
  void newPasswordIsKeptAsItsHashAndNeverAnswered() {
    HttpResponse<String> changed = patch("{\"password\": \"correct horse\"}");

    assertThat(changed.code()).isEqualTo(200);
    assertThat(changed.body()).doesNotContain("correct horse").doesNotContain("password");
    assertThat(hashing.matches("correct horse", passwordHash())).isTrue();
  }

  @Test
  void ownEmailMayBeWrittenInAnotherCase() {
    assertThat(patch("{\"email\": \"Ada@example.org\"}").body())
        .contains("\"email\":\"Ada@example.org\"");
  }

  @ParameterizedTest
  @CsvSource({
    "email, BEN@example.org, email-taken",
    "username, Ben.Wood, username-taken",
  })
  void whatIsAnotherUsersIsRefused(String field, String value, String problem) {
    HttpResponse<String> refused = patch("{\"%s\": \"%s\"}".formatted(field, value));

    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.body())
        .contains("urn:tallyman:problem:" + problem, "\"pointer\":\"/" + field + "\"", value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name': null} | /name",
        "{'email': null, 'username': null, 'password': null, 'roles': null}"
            + " | /email /password /roles /username",
        "{'name': ' ', 'email': 'ada'} | /email /name",
        "{'password': 'seven77'} | /password",
        "{'roles': ['viewer', 'emperor']} | /roles/1",
        "{'name': {'first': 'Ada'}} | /name"
      },
      quoteCharacter = '"')
  void valueThatAUserMayNotHaveIsRefusedByItsName(String patch, String pointers) {
    HttpResponse<String> refused = patch(patch.replace('\'', '"'));

    assertThat(refused.code()).isEqualTo(422);
    assertThat(
            Pattern.compile("\"pointer\":\"([^\"]*)\"")
                .matcher(String.valueOf(refused.body()))
                .results()
                .map(found -> found.group(1)))
        .containsExactly(pointers.split(" ", -1));
  }

  @Test
  void unknownUserIsNotFound() {
    HttpResponse<String> refused = send(HttpRequest.PATCH("/users/4711", "{\"name\": \"Ada\"}"));

    assertThat(refused.code()).isEqualTo(404);
    assertThat(refused.body()).contains("urn:tallyman:problem:unknown-user");
  }

  private HttpResponse<String> patch(String patch) {
    return send(HttpRequest.PATCH("/users/1", patch));
  }

  private HttpResponse<String> send(HttpRequest<?> request) {
    return client.toBlocking().exchange(request, Argument.STRING, Argument.STRING);
  }

  private String passwordHash() {
    return RealDatabase.value("SELECT password_hash FROM account WHERE id = 1");
  }
}
