package io.tallyman.user.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.kit.security.IssuerKeys;
import io.tallyman.kit.security.TokenVerifier;
import io.tallyman.user.RealDatabase;
import io.tallyman.user.account.Role;
import io.tallyman.user.account.User;
import io.tallyman.user.account.Users;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SigningKeysTest implements RealDatabase {
  private static final User ADA =
      new User(
          7,
          "Ada",
          "ada@example.org",
          "ada",
          List.of(Role.ADMIN),
          Instant.parse("2026-01-02T03:04:05Z"),
          null);

  @Inject Users users;
  @Inject RequestTransactions transactions;
  @Inject SigningKeys keys;
  @Inject AccessTokens tokens;

  @Inject
  @Client("/")
  HttpClient client;

  @BeforeEach
  void forgetKeys() {
    RealDatabase.execute("TRUNCATE signing_key");
  }

  @Test
  void firstKeySignsAtOnceHoweverManyAskForIt() throws InterruptedException {
    try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
      Callable<Long> current = () -> keys.current().number();
      assertThat(callers.invokeAll(Collections.nCopies(4, current)))
          .extracting(Future::resultNow)
          .containsOnly(1L);
    }
    assertThat(numbers()).isEqualTo("1");
  }

  @Test
  void firstKeyIsFoundInATransactionThatBeganBeforeIt() {
    long number =
        transactions.write(
            () -> {
              users.existsById(7L);
              CompletableFuture.supplyAsync(keys::current).join();
              return keys.current().number();
            });

    assertThat(number).isEqualTo(1);
  }

  @Test
  void keyIsReplacedWhenItHasSignedForAWeekAndTheNewOneIsPublishedAnHourBefore() {
    keys.current();
    keys.rotate();
    assertThat(numbers()).isEqualTo("1");

    elapse("7 days");
    keys.rotate();
    keys.rotate();

    assertThat(numbers()).isEqualTo("1,2");
    assertThat(keys.current().number()).isEqualTo(1);
    elapse("61 minutes");
    assertThat(keys.current().number()).isEqualTo(2);
  }

  @Test
  void oldKeyIsPublishedAsLongAsItsTokensAreValid() {
    String token = tokens.issue(ADA);
    elapse("7 days");
    keys.rotate();
    elapse("65 minutes");
    keys.rotate();
    assertThat(numbers()).isEqualTo("1,2");
    assertThat(verifier().verify(token).principal().name()).isEqualTo("7");

    elapse("10 minutes");
    keys.rotate();

    assertThat(numbers()).isEqualTo("2");
  }

  @Test
  void publishedKeysArePublicAndTellTheTime() throws ParseException {
    keys.current();

    JWKSet published = JWKSet.parse(published());

    assertThat(published.containsNonPublicKeys()).isFalse();
    assertThat(published.getKeys()).hasSize(1);
    assertThat(published.getAdditionalMembers()).containsKey("now");
    assertThat(published()).doesNotContain("\"d\"");
  }

  private TokenVerifier verifier() {
    return new TokenVerifier(new IssuerKeys(this::published));
  }

  private String published() {
    return client.toBlocking().retrieve("/auth/keys");
  }

  private static void elapse(String time) {
    RealDatabase.execute(
        "UPDATE signing_key SET signs_from = signs_from - interval '%s'".formatted(time));
  }

  private static String numbers() {
    return RealDatabase.value(
        "SELECT string_agg(number::text, ',' ORDER BY number) FROM signing_key");
  }
}
