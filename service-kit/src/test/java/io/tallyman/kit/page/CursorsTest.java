package io.tallyman.kit.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.problem.InvalidFields;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@MicronautTest
final class CursorsTest {
  private static final String KEY = "a key of at least 32 characters.";

  /** {@code -Dtallyman.fuzz.inputs=1000000} tries a million of them. */
  private static final int INPUTS = Integer.getInteger("tallyman.fuzz.inputs", 10_000);

  private static final Map<String, String> FILTER = Map.of("label", "a");

  @Inject JsonMapper json;

  @Test
  void cursorIsReadByAnotherInstanceWithTheSameKey() {
    assertThat(read(cursors(KEY), cursors(KEY).write("shelf", FILTER, "position")))
        .isEqualTo("position");
  }

  @Test
  void cursorOfAnotherKeyIsRefused() {
    String cursor = cursors("another" + KEY).write("shelf", FILTER, "position");

    assertThatThrownBy(() -> read(cursors(KEY), cursor)).isInstanceOf(InvalidFields.class);
  }

  /** Another text can decode to the same bytes, and then it is the same position. */
  @Test
  void damagedCursorIsRefusedOrTheSame() {
    Cursors cursors = cursors(KEY);
    String sound = cursors.write("shelf", FILTER, "position");
    Random random = new Random(7);
    for (int input = 0; input < INPUTS; input++) {
      StringBuilder damaged = new StringBuilder(sound);
      for (int faults = random.nextInt(3); faults >= 0 && !damaged.isEmpty(); faults--) {
        int at = random.nextInt(damaged.length());
        switch (random.nextInt(4)) {
          case 0 -> damaged.setCharAt(at, (char) random.nextInt(0x10000));
          case 1 -> damaged.setCharAt(at, sound.charAt(random.nextInt(sound.length())));
          case 2 -> damaged.delete(at, Math.min(damaged.length(), at + 1 + random.nextInt(60)));
          default -> damaged.insert(at, "=-_+/A\u00e4".charAt(random.nextInt(7)));
        }
      }
      try {
        assertThat(read(cursors, damaged.toString())).as("%s", damaged).isEqualTo("position");
      } catch (InvalidFields refused) {
        assertThat(damaged.toString()).isNotEqualTo(sound);
      }
    }
  }

  @Test
  void withoutKeyCursorsEndWithTheProcess() {
    Cursors process = cursors(null);
    String cursor = process.write("shelf", FILTER, "position");

    assertThat(read(process, cursor)).isEqualTo("position");
    assertThatThrownBy(() -> read(cursors(null), cursor)).isInstanceOf(InvalidFields.class);
  }

  @Test
  void shortKeyStopsTheStartAndIsNotShown() {
    assertThatThrownBy(() -> new CursorConfiguration("short"))
        .hasMessage("tallyman.cursors.key must have at least 32 characters");
    assertThat(new CursorConfiguration(KEY)).asString().doesNotContain(KEY);
  }

  private Cursors cursors(@Nullable String key) {
    return new Cursors(new CursorConfiguration(key), json);
  }

  private static String read(Cursors cursors, String cursor) {
    return cursors.read(cursor, "shelf", FILTER, String.class);
  }
}
