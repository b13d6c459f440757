package io.tallyman.gateway.access;

import static io.tallyman.gateway.access.Credential.Kind.ACCESS_TOKEN;
import static io.tallyman.gateway.access.Credential.Kind.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.TokenPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
  private static final Instant BEGIN = Instant.parse("2031-08-05T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofSeconds(50);

  private final List<CompletableFuture<Optional<AccessToken>>> exchanges = new ArrayList<>();
  private final List<AccessToken> renewed = new ArrayList<>();
  private Instant now = BEGIN;

  @Test
  void accessTokenEndsWhenItExpires() {
    Admission admission = admission(ACCESS_TOKEN);

    after(LIFETIME.plus(AccessToken.LEEWAY).minusSeconds(1));
    assertThat(admission.hasEnded()).isFalse();
    after(Duration.ofSeconds(1));

    assertThat(admission.hasEnded()).isTrue();
    assertThat(exchanges).isEmpty();
    assertThat(admission.ticket())
        .isEqualTo(new NewStreamTicket(Set.of("clerk"), BEGIN.plus(LIFETIME), null, null));
  }

  @Test
  void keyIsExchangedAgainOnceItsTokenHasExpired() {
    Admission admission = admission(API_KEY);
    assertThat(admission.ticket())
        .isEqualTo(new NewStreamTicket(Set.of("clerk"), null, "secret", null));
    for (int exchange = 1; exchange <= 100; exchange++) {
      after(LIFETIME.minusSeconds(1));
      assertThat(admission.hasEnded()).isFalse();
      assertThat(exchanges).hasSize(exchange - 1);
      after(Duration.ofSeconds(1));
      assertThat(admission.hasEnded()).isFalse();
      assertThat(admission.hasEnded()).isFalse();
      assertThat(exchanges).hasSize(exchange);

      AccessToken next = token("clerk");
      exchanges.getLast().complete(Optional.of(next));

      assertThat(admission.hasEnded()).isFalse();
      assertThat(renewed).hasSize(exchange).last().isSameAs(next);
    }
  }

  @Test
  void revokedKeyEndsAtItsNextExchangeAndForGood() {
    Admission admission = admission(API_KEY);
    after(LIFETIME);
    admission.hasEnded();

    exchanges.getLast().complete(Optional.empty());

    assertThat(admission.hasEnded()).isTrue();
    assertThat(admission.hasEnded()).isTrue();
    assertThat(exchanges).hasSize(1);
  }

  @Test
  void otherRolesEndIt() {
    Admission admission = admission(API_KEY);
    after(LIFETIME);
    admission.hasEnded();

    exchanges.getLast().complete(Optional.of(token("viewer")));

    assertThat(admission.hasEnded()).isTrue();
  }

  @Test
  void outageEndsItAfterTenMinutesOnly() {
    Admission admission = admission(API_KEY);
    after(LIFETIME);
    Instant last = now.plus(Admission.LONGEST_OUTAGE);
    while (now.isBefore(last)) {
      assertThat(admission.hasEnded()).isFalse();
      exchanges.forEach(exchange -> exchange.completeExceptionally(new IllegalStateException()));
      after(Duration.ofSeconds(1));
    }

    assertThat(admission.hasEnded()).isTrue();
    assertThat(exchanges)
        .hasSizeBetween(50, (int) Admission.LONGEST_OUTAGE.dividedBy(Admission.PAUSE));
  }

  @Test
  void exchangeThatIsNeverAnsweredEndsItAfterTenMinutesToo() {
    Admission admission = admission(API_KEY);
    after(LIFETIME);
    assertThat(admission.hasEnded()).isFalse();
    after(Admission.LONGEST_OUTAGE);

    assertThat(admission.hasEnded()).isTrue();
    assertThat(exchanges).hasSize(1);
  }

  @Test
  void outageThatIsOverLeavesNoTrace() {
    Admission admission = admission(API_KEY);
    after(LIFETIME);
    admission.hasEnded();
    exchanges.getLast().completeExceptionally(new IllegalStateException());
    admission.hasEnded();
    after(Admission.PAUSE);
    admission.hasEnded();

    exchanges.getLast().complete(Optional.of(token("clerk")));

    assertThat(admission.hasEnded()).isFalse();
    assertThat(exchanges).hasSize(2);
  }

  private Admission admission(Credential.Kind kind) {
    return new Admission(
        token("clerk"),
        new Credential(kind, "secret"),
        () -> {
          exchanges.add(new CompletableFuture<>());
          return exchanges.getLast();
        },
        renewed::add,
        () -> now);
  }

  private AccessToken token(String role) {
    return new AccessToken(new TokenPrincipal("3", Set.of(role)), null, now.plus(LIFETIME), role);
  }

  private void after(Duration time) {
    now = now.plus(time);
  }
}
