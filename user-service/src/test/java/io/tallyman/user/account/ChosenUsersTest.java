package io.tallyman.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChosenUsersTest implements RealDatabase {
  @Inject
  @Client("/")
  HttpClient client;

  @BeforeEach
  void addUsers() {
    RealDatabase.execute(
        """
        TRUNCATE account RESTART IDENTITY CASCADE;
        INSERT INTO account (name, email, username, password_hash, roles)
        SELECT 'A', n || '@example.org', 'user-' || n, '$argon2id$', '{}'
        FROM generate_series(1, 210) AS n
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3,1,2 | 3,1,2 | ''",
        "2 | 2 | ''",
        "4711,2,0,1 | 2,1 | 4711,0",
        "2,1,2,4711,1,4711 | 2,1 | 4711",
        "999999999999999999 | '' | 999999999999999999"
      })
  void usersAreToldOnceInTheOrderAskedAndWhoIsMissingIsNamed(
      String asked, String found, String missing) {
    ChosenUsers chosen =
        client.toBlocking().retrieve(HttpRequest.GET("/users?ids=" + asked), ChosenUsers.class);

    assertThat(joined(chosen.data().stream().map(User::id).toList())).isEqualTo(found);
    assertThat(joined(chosen.missing())).isEqualTo(missing);
  }

  @Test
  void twoHundredAreToldAtOnce() {
    assertThat(String.valueOf(get("ids=" + numbers(200)).body()).split("\"username\"", -1))
        .hasSize(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ids= | ?ids",
        "ids=1,,2 | ?ids",
        "ids=1,2, | ?ids",
        "ids=1,Ada | ?ids",
        "ids=-1 | ?ids",
        "ids=1%202 | ?ids",
        "ids=9999999999999999999 | ?ids",
        "ids=1&limit=2 | ?limit",
        "ids=1&cursor=abc | ?cursor"
      })
  void whatIsNoListOfIdsOrAPageAsWellIsRefusedByItsName(String query, String pointer) {
    HttpResponse<String> refused = get(query);

    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
  }

  @Test
  void moreThanTwoHundredAreRefused() {
    HttpResponse<String> refused = get("ids=" + numbers(201));

    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"?ids\"", "at most 200");
  }

  private HttpResponse<String> get(String query) {
    return client
        .toBlocking()
        .exchange(HttpRequest.GET("/users?" + query), Argument.STRING, Argument.STRING);
  }

  private static String numbers(long last) {
    return joined(LongStream.rangeClosed(1, last).boxed().toList());
  }

  private static String joined(List<Long> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
