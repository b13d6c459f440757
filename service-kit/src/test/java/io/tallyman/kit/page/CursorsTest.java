package io.tallyman.kit.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.problem.InvalidFields;
import jakarta.inject.Inject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@MicronautTest
final class CursorsTest {
  private static final String KEY = "a key of at least 32 characters.";
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
