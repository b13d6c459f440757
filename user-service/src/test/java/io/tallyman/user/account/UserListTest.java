package io.tallyman.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.core.type.GenericArgument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.page.Page;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UserListTest implements RealDatabase {
  private static final int USERS = 60;

  @Inject
  @Client("/")
  HttpClient client;

  @BeforeEach
  void addUsers() {
    RealDatabase.execute("TRUNCATE account CASCADE");
    IntStream.range(0, USERS).forEach(UserListTest::add);
  }

  @Test
  void pageHoldsFiftyAndNoPasswords() {
    String page = String.valueOf(get("/users").body());

    assertThat(page.split("\"username\"", -1)).hasSize(51);
    assertThat(page).doesNotContain("password").doesNotContain("argon2");
  }

  @Test
  void walkSeesEveryUserOnceWhileOthersAreAdded() {
    List<String> seen = new ArrayList<>();
    @Nullable String cursor = null;
    int added = USERS;
    do {
      Page<User> page = page("/users?limit=7" + (cursor == null ? "" : "&cursor=" + cursor));
      page.data().forEach(user -> seen.add(user.username()));
      cursor = page.nextCursor();
      add(added++);
    } while (cursor != null);

    assertThat(seen)
        .doesNotHaveDuplicates()
        .startsWith(IntStream.range(0, USERS).mapToObj(n -> "user-" + n).toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"limit=0, ?limit", "limit=201, ?limit", "cursor=b2Zmc2V0, ?cursor"})
  void whatIsOutOfBoundsIsRefusedByItsName(String query, String pointer) {
    HttpResponse<String> refused = get("/users?" + query);

    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
  }

  private Page<User> page(String path) {
    return client
        .toBlocking()
        .retrieve(HttpRequest.GET(path), new GenericArgument<Page<User>>() {});
  }

  private HttpResponse<String> get(String path) {
    return client.toBlocking().exchange(HttpRequest.GET(path), Argument.STRING, Argument.STRING);
  }

  private static void add(int number) {
    RealDatabase.execute(
        """
        INSERT INTO account (name, email, username, password_hash, roles)
        VALUES ('A', '%1$d@example.org', 'user-%1$d', '$argon2id', '{}')
        """
            .formatted(number));
  }
}
