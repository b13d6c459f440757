package io.tallyman.kit.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.GenericArgument;
import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.Client;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class PagesTest {
  @Inject Client client;
  @Inject JsonMapper json;
  @Inject ShelfController shelf;

  @BeforeEach
  void clear() {
    shelf.numbers.clear();
  }

  @ParameterizedTest
  @CsvSource({
    "/shelf, 300, 50",
    "/shelf?limit=200, 300, 200",
    "/shelf?limit=1, 300, 1",
    "/shelf?limit=200, 200, 200",
    "/shelf, 0, 0"
  })
  void pageHoldsAsManyRowsAsAreAskedForOrThereAre(String path, int rows, int expected) {
    put(rows);

    assertThat(page(path).data()).hasSize(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "201", "-1", "1.5", "", "99999999999", "many"})
  void limitOutOfBoundsIsRefused(String limit) {
    assertRefused("?limit", "/shelf?limit=" + limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 6})
  void lastPageHasNoCursorEvenIfItIsFull(int rows) {
    put(rows);

    assertThat(walk("/shelf?limit=2")).hasSize(rows);
    assertThat(page("/shelf?limit=" + Math.max(rows, 1)).nextCursor()).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void walkSeesEveryEarlierRowOnceWhateverIsAddedMeanwhile(long seed) {
    Random random = new Random(seed);
    random.ints(100, 0, 1000).forEach(shelf.numbers::add);
    List<Integer> earlier = List.copyOf(shelf.numbers);

    List<Integer> seen = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      Page<Integer> page = page("/shelf?limit=" + random.nextInt(1, 20) + and(cursor));
      seen.addAll(page.data());
      cursor = page.nextCursor();
      random.ints(5, 0, 1000).forEach(shelf.numbers::add);
    } while (cursor != null);

    assertThat(seen).doesNotHaveDuplicates().containsAll(earlier).isSorted();
  }

  @Test
  void cursorGoesOnWithAnotherLimit() {
    put(10);

    String cursor = page("/shelf?limit=3").nextCursor();

    assertThat(page("/shelf?limit=2" + and(cursor)).data()).containsExactly(3, 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/shelf?least=1", "/shelf?label=a", "/shelf?label=", "/other-shelf?limit=3"})
  void cursorIsOfNoOtherListOrFilter(String path) {
    put(10);
    String cursor = page("/shelf?limit=3").nextCursor();

    assertRefused("?cursor", path + and(cursor));
  }

  @Test
  void cursorWithAnyBitChangedIsRefused() {
    put(10);
    byte[] cursor =
        Base64.getUrlDecoder().decode(Objects.requireNonNull(page("/shelf?limit=3").nextCursor()));

    for (int bit = 0; bit < cursor.length * 8; bit += 7) {
      byte[] forged = cursor.clone();
      forged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertRefused("?cursor", "/shelf?cursor=" + Base64.getUrlEncoder().encodeToString(forged));
    }
  }

  @Test
  void cursorThatIsCutOffIsRefused() {
    put(10);
    String cursor = Objects.requireNonNull(page("/shelf?limit=3").nextCursor());

    for (int length = 0; length < cursor.length(); length++) {
      assertRefused("?cursor", "/shelf?cursor=" + cursor.substring(0, length));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "%00", "%2B%2F%3D", "b2Zmc2V0PTM"})
  void cursorThatNobodyGaveIsRefused(String cursor) {
    assertRefused("?cursor", "/shelf?cursor=" + cursor);
  }

  private void put(int numbers) {
    IntStream.range(0, numbers).forEach(shelf.numbers::add);
  }

  private List<Integer> walk(String path) {
    List<Integer> seen = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      Page<Integer> page = page(path + and(cursor));
      seen.addAll(page.data());
      cursor = page.nextCursor();
    } while (cursor != null);
    return seen;
  }

  private static String and(@Nullable String cursor) {
    return cursor == null ? "" : "&cursor=" + cursor;
  }

  private Page<Integer> page(String path) {
    HttpResponse<String> answer = client.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    try {
      return Objects.requireNonNull(
          json.readValue(answer.body(), new GenericArgument<Page<Integer>>() {}));
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private void assertRefused(String pointer, String path) {
    HttpResponse<String> refused = client.get(path);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
  }
}
