package io.tallyman.kit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class IssuerKeysTest {
  private static final Instant NOW = Instant.parse("2031-08-05T12:00:00Z");

  private final AtomicLong nanoTime = new AtomicLong();
  private final AtomicInteger fetched = new AtomicInteger();
  private volatile List<String> published = List.of("first");
  private volatile boolean away;

  private final IssuerKeys keys = new IssuerKeys(this::fetch, nanoTime::get);

  @Test
  void keyIsFetchedOnceAndKept() {
    assertThat(keys.has("first")).isFalse();
    assertThat(keys.find("first")).isPresent();
    assertThat(keys.find("first")).isPresent();

    assertThat(keys.has("first")).isTrue();
    assertThat(fetched).hasValue(1);
  }

  @Test
  void keyIsKeptWhileTheIssuerIsAway() {
    keys.find("first");
    away = true;

    elapse(Duration.ofDays(1));

    assertThat(keys.find("first")).isPresent();
    assertThat(keys.now()).isEqualTo(NOW.plus(Duration.ofDays(1)));
  }

  @Test
  void unknownKeyIsFetchedButNotEachTime() {
    keys.find("first");
    elapse(IssuerKeys.PAUSE);
    IntStream.range(0, 100).forEach(forged -> assertThat(keys.find("x" + forged)).isEmpty());
    assertThat(fetched).hasValue(2);

    published = List.of("first", "second");
    assertThat(keys.find("second")).isEmpty();
    elapse(IssuerKeys.PAUSE);

    assertThat(keys.find("second")).isPresent();
    assertThat(fetched).hasValue(3);
  }

  @Test
  void unknownKeyFailsAsTheIssuerDoesWhileItIsAway() {
    keys.find("first");
    away = true;
    elapse(IssuerKeys.PAUSE);

    assertThatThrownBy(() -> keys.find("second")).hasMessage("away");
    assertThatThrownBy(() -> keys.find("second")).hasMessage("away");
    assertThat(fetched).hasValue(2);
    away = false;
    published = List.of("second");
    elapse(IssuerKeys.PAUSE_AFTER_FAILURE);
    assertThat(keys.find("second")).isPresent();
  }

  @Test
  void oldKeysAreReplacedWithoutAWait() {
    keys.find("first");
    published = List.of("second");
    elapse(IssuerKeys.FRESH.plusSeconds(1));

    assertThat(keys.find("first")).isPresent();

    await().until(() -> keys.has("second"));
    assertThat(keys.has("first")).isFalse();
  }

  @Test
  void answerThatIsNoKeysFailsTheRequest() {
    IssuerKeys broken = new IssuerKeys(() -> "<html>", nanoTime::get);
    assertThatThrownBy(() -> broken.find("first")).hasMessageContaining("cannot be read");
    IssuerKeys timeless = new IssuerKeys(() -> "{\"keys\": []}", nanoTime::get);
    assertThatThrownBy(() -> timeless.find("first")).hasMessageContaining("time");
  }

  private void elapse(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }

  private String fetch() {
    fetched.incrementAndGet();
    if (away) {
      throw new IllegalStateException("away");
    }
    List<JWK> all = published.stream().map(IssuerKeysTest::key).toList();
    return new JWKSet(all, Map.of("now", NOW.getEpochSecond())).toString(true);
  }

  private static JWK key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
