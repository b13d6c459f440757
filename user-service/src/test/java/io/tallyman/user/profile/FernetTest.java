package io.tallyman.user.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the test vectors of https://github.com/fernet/spec. */
final class FernetTest {
  private static final String KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Fernet fernet = new Fernet(KEY);

  @Serdeable
  record Vector(
      @Nullable String desc,
      String token,
      String now,
      @Nullable @JsonProperty("ttl_sec") Long timeToLive,
      @Nullable List<Integer> iv,
      @Nullable String src,
      String secret) {
    Instant instant() {
      return OffsetDateTime.parse(now).toInstant();
    }

    Duration most() {
      return Duration.ofSeconds(Objects.requireNonNull(timeToLive));
    }

    byte[] message() {
      return Objects.requireNonNull(src).getBytes(UTF_8);
    }

    byte[] vector() {
      byte[] bytes = new byte[16];
      List<Integer> numbers = Objects.requireNonNull(iv);
      IntStream.range(0, bytes.length).forEach(i -> bytes[i] = numbers.get(i).byteValue());
      return bytes;
    }

    @Override
    public String toString() {
      return desc == null ? token : desc;
    }
  }

  static List<Vector> generate() {
    return vectors("generate");
  }

  static List<Vector> verify() {
    return vectors("verify");
  }

  static List<Vector> invalid() {
    return vectors("invalid");
  }

  @ParameterizedTest
  @MethodSource("generate")
  void tokenIsTheOneOfTheSpecification(Vector vector) {
    assertThat(
            new Fernet(vector.secret()).seal(vector.message(), vector.instant(), vector.vector()))
        .isEqualTo(vector.token());
  }

  @ParameterizedTest
  @MethodSource("verify")
  void tokenOfTheSpecificationIsOpened(Vector vector) throws InvalidToken {
    assertThat(new Fernet(vector.secret()).open(vector.token(), vector.most(), vector.instant()))
        .isEqualTo(vector.message());
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidTokenOfTheSpecificationIsRefused(Vector vector) {
    assertThatThrownBy(
            () -> new Fernet(vector.secret()).open(vector.token(), vector.most(), vector.instant()))
        .isInstanceOf(InvalidToken.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 1000})
  void whatIsSealedIsOpened(int length) throws InvalidToken {
    byte[] message = "é".repeat(length).getBytes(UTF_8);

    assertThat(fernet.open(fernet.seal(message, NOW), MINUTE, NOW)).isEqualTo(message);
  }

  @Test
  void sameMessageHasAnotherTokenEachTime() {
    assertThat(fernet.seal(new byte[3], NOW)).isNotEqualTo(fernet.seal(new byte[3], NOW));
  }

  @Test
  void tokenIsOpenedUntilItsTimeIsOver() throws InvalidToken {
    String token = fernet.seal(new byte[3], NOW);

    assertThat(fernet.open(token, MINUTE, NOW.plusSeconds(60))).isEqualTo(new byte[3]);
    assertRefused(token, NOW.plusSeconds(61));
    assertThat(fernet.open(token, MINUTE, NOW.minusSeconds(60))).isEqualTo(new byte[3]);
    assertRefused(token, NOW.minusSeconds(61));
  }

  @Test
  void tokenInWhichAnyCharacterIsAnotherIsRefused() {
    String token = fernet.seal("hello".getBytes(UTF_8), NOW).replace("=", "");

    // The last character contains bits that are not part of the token.
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      assertRefused(token.substring(0, i) + other + token.substring(i + 1), NOW);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gAAA", "abc", "\u00e9"})
  void whatIsNoTokenIsRefused(String text) {
    assertRefused(text, NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cw_0x689RpI-jtRR7oE8hw==",
        "cw/0x689RpI+jtRR7oE8h/eQsKImvJapLeSbXpwF4e4=",
        "a password of thirty-two letters"
      })
  void whatIsNoKeyIsRefused(String key) {
    assertThatThrownBy(() -> new Fernet(key)).isInstanceOf(IllegalArgumentException.class);
  }

  private void assertRefused(String token, Instant now) {
    assertThatThrownBy(() -> fernet.open(token, MINUTE, now)).isInstanceOf(InvalidToken.class);
  }

  private static List<Vector> vectors(String name) {
    try {
      return Objects.requireNonNull(
          JsonMapper.createDefault()
              .readValue(
                  Files.readAllBytes(Path.of("src/test/resources/fernet", name + ".json")),
                  Argument.listOf(Vector.class)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
