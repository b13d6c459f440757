package io.tallyman.billing.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/**
 * The conditions of RFC 9110, section 13, written in all allowed ways for random tags and times.
 * Each try has a hundred headers, so a million need {@code -Djqwik.tries.default=10000}.
 */
final class ValidatorsFuzzTest {
  private static final String OWN = "\"0af1\"";
  private static final Instant MODIFIED = Instant.parse("2026-01-02T03:04:05Z");
  private static final Validators VALIDATORS = new Validators(OWN, MODIFIED);

  private record Tag(boolean isWeak, String opaque) {
    boolean isOwn() {
      return opaque.equals(OWN);
    }

    String text() {
      return (isWeak ? "W/" : "") + opaque;
    }
  }

  /**
   * @param lines the header lines; each is a comma-separated list of tags
   */
  record Tags(List<Tag> tags, List<String> lines) {}

  @Property
  void tagsAreComparedAsTheirHeaderWants(@ForAll @Size(100) List<@From("tags") Tags> headers) {
    assertThat(headers)
        .allSatisfy(
            sent -> {
              assertThat(VALIDATORS.matchCached(request("If-None-Match", sent.lines())))
                  .isEqualTo(sent.tags().stream().anyMatch(Tag::isOwn));
              assertThat(VALIDATORS.forbid(request("If-Match", sent.lines())))
                  .isEqualTo(sent.tags().stream().noneMatch(tag -> tag.isOwn() && !tag.isWeak()));
              assertThat(VALIDATORS.allowPart(request("If-Range", sent.lines())))
                  .isEqualTo(sent.lines().equals(List.of(OWN)));
            });
  }

  @Property
  void momentsAreComparedInSeconds(@ForAll("moments") Instant since) {
    List<String> date =
        List.of(DateTimeFormatter.RFC_1123_DATE_TIME.format(since.atOffset(ZoneOffset.UTC)));
    boolean padded = date.getFirst().charAt(6) != ' ';

    assertThat(VALIDATORS.matchCached(request("If-Modified-Since", date)))
        .isEqualTo(padded && !MODIFIED.isAfter(since));
    assertThat(VALIDATORS.forbid(request("If-Unmodified-Since", date)))
        .isEqualTo(padded && MODIFIED.isAfter(since));
    assertThat(VALIDATORS.allowPart(request("If-Range", date))).isFalse();
  }

  @Property
  void anythingElseIsReadWithoutFailing(@ForAll @Size(100) List<@From("noise") String> headers) {
    assertThat(headers)
        .allSatisfy(
            header -> {
              List<String> sent = List.of(header);
              assertThat(VALIDATORS.matchCached(request("If-Modified-Since", sent))).isFalse();
              assertThat(VALIDATORS.forbid(request("If-Unmodified-Since", sent))).isFalse();
              assertThat(VALIDATORS.allowPart(request("If-Range", sent)))
                  .isEqualTo(header.strip().equals(OWN));
              boolean named = header.contains(OWN) || header.strip().equals("*");
              assertThat(VALIDATORS.matchCached(request("If-None-Match", sent)) && !named)
                  .isFalse();
            });
  }

  /** A header as a server reads it, without spaces around each line. */
  private static MutableHttpHeaders request(String name, List<String> lines) {
    MutableHttpRequest<?> request = HttpRequest.GET("/");
    lines.forEach(line -> request.getHeaders().add(name, line.strip()));
    return request.getHeaders();
  }

  @Provide
  Arbitrary<Tags> tags() {
    Arbitrary<Tag> tag =
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.of(OWN, "\"\"", "\"*\"", "\"0AF1\"", "\"0af1 \"", "\"0af\"", "\"a,b\""))
            .as(Tag::new);
    Arbitrary<String> commas = Arbitraries.of(",", ", ", " ,\t", ",,", " , , ");
    return Combinators.combine(tag.list().ofMinSize(1).ofMaxSize(4), commas, Arbitraries.of(1, 4))
        .as(
            (tags, comma, perLine) ->
                new Tags(
                    tags,
                    perLine == 1
                        ? tags.stream().map(Tag::text).toList()
                        : List.of(String.join(comma, tags.stream().map(Tag::text).toList()))));
  }

  @Provide
  Arbitrary<Instant> moments() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(-3, 3).map(MODIFIED::plusSeconds),
        Arbitraries.longs().between(0, 4_000_000_000L).map(Instant::ofEpochSecond));
  }

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("W/\"0af1*, \t").ofMaxLength(20),
        Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(40));
  }
}
