package io.tallyman.worker.intake.csv;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallyman.worker.task.BadInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictReaderTest {
  private static final String TEXT = "𝄞 Zoë\r\n中文 " + "x𝄞".repeat(40_000);

  @ParameterizedTest
  @ValueSource(strings = {"utf-8", "utf-16", "utf-32", "gb18030"})
  void readsAnyNumberOfCharactersAtATime(String name) throws IOException {
    Charset charset = Charset.forName(name);
    for (int length : new int[] {1, 3, 100_000}) {
      assertThat(read(TEXT.getBytes(charset), charset, length)).isEqualTo(TEXT);
    }
  }

  @Test
  void givesWhatADecoderHoldsBackUntilTheEnd() throws IOException {
    Charset combining = Charset.forName("x-ISCII91");
    byte[] heldBack = "ँ".getBytes(combining);
    assertThat(read(heldBack, combining, 1)).isEqualTo("ँ");
  }

  @Test
  void onlyTheFirstByteOrderMarkIsLeftOut() throws IOException {
    assertThat(read("\uFEFFa\uFEFF".getBytes(UTF_8), UTF_8, 1)).isEqualTo("a\uFEFF");
    assertThat(read("\uFEFF".getBytes(UTF_16BE), UTF_16BE, 1)).isEmpty();
  }

  @Test
  void bytesWithoutMeaningAreFoundBehindWhatCameBefore() throws IOException {
    byte[] content = "a\rb\r\nc\n".getBytes(UTF_8);
    byte[] cut = Arrays.copyOf(content, content.length + 1);
    cut[content.length] = (byte) 0xe4;
    StrictReader reader = new StrictReader(new ByteArrayInputStream(cut), UTF_8);
    assertThat(reader.read(new char[100])).isEqualTo(content.length);
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(reader::read)
        .withMessageStartingWith(
            "Line 4 has bytes that are not valid UTF-8. Save the file as UTF-8");
  }

  private static String read(byte[] content, Charset charset, int length) throws IOException {
    StringBuilder text = new StringBuilder();
    char[] some = new char[length];
    try (StrictReader reader = new StrictReader(dribble(content), charset)) {
      for (int read = reader.read(some); read >= 0; read = reader.read(some)) {
        text.append(some, 0, read);
      }
      assertThat(reader.read()).isEqualTo(-1);
    }
    return text.toString();
  }

  /** Returns a few bytes per read, so that characters are split. */
  private static InputStream dribble(byte[] content) {
    return new ByteArrayInputStream(content) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 7));
      }
    };
  }
}
