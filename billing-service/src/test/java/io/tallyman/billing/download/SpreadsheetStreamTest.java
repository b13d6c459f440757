package io.tallyman.billing.download;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpreadsheetStreamTest {
  private static final String MARK = "\ufeff";
  private static final List<String> TYPES = List.of("date", "text", "decimal");
  private static final String HEADER = "date_billed,account_name,payable\r\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "=1+1 | '=1+1",
        "+1 | '+1",
        "-1 | '-1",
        "@sum | '@sum",
        "` \tcmd` | ` \tcmd`",
        "`\tcmd` | `'\tcmd`",
        "\"=a,b\" | \"'=a,b\"",
        "\"=a\"\"b\" | \"'=a\"\"b\"",
        "\"a\"\",=b\" | \"a\"\",=b\"",
        // A raw sheet has written these with one apostrophe more.
        "'=1+1 | '=1+1",
        "''=1+1 | ''=1+1",
        "a=1 | a=1",
        "\"\" | \"\"",
        "\"\"\"=a\" | \"\"\"=a\"",
        "Zoë | Zoë",
        "`` | ``"
      })
  void textThatWouldRunGetsAnApostrophe(String cell, String safe) {
    assertThat(read(HEADER + "2025-01-02," + cell + ",1.00\r\n", TYPES))
        .isEqualTo(MARK + HEADER + "2025-01-02," + safe + ",1.00\r\n");
  }

  @Test
  void cellsWithLineBreaksAreOneCell() {
    assertThat(read(HEADER + "2025-01-02,\"\r=a\r\n=b\n\",1.00\r\n=,=,=,=\n", TYPES))
        .isEqualTo(MARK + HEADER + "2025-01-02,\"'\r=a\r\n=b\n\",1.00\r\n=,'=,=,'=\n");
  }

  @Test
  void amountsStayNumbers() {
    assertThat(read(HEADER + "2025-01-02,Ada,-1.00\r\n", TYPES)).endsWith(",Ada,-1.00\r\n");
  }

  /** The sheet of refused rows has the header of the file that was imported. */
  @Test
  void headerAndSurplusCellsAreTextToo() {
    assertThat(read("line,=h\r\n7,a,=b,\"@c\"\r\n", List.of("integer", "text")))
        .isEqualTo(MARK + "line,'=h\r\n7,a,'=b,\"'@c\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void delimiterIsThatOfTheHeader(String delimiter) {
    Stream<String> others = Stream.of(",", ";").filter(other -> !other.equals(delimiter));
    String other = others.findFirst().orElseThrow();

    assertThat(
            read(
                "line#name\r\n-1#a%s=b\r\n-2#=c\r\n".formatted(other).replace("#", delimiter),
                List.of("integer", "text")))
        .isEqualTo(
            MARK + "line#name\r\n-1#a%s=b\r\n-2#'=c\r\n".formatted(other).replace("#", delimiter));
  }

  @Test
  void sheetThatIsSafeStaysAsItIs() {
    String safe = MARK + HEADER + "2025-01-02,'=a,1.00\r\n2025-01-02,''=a,1.00\r\n";

    assertThat(read(safe, TYPES)).isEqualTo(safe);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "line", "line\r\n"})
  void shortestSheetsAreRead(String sheet) {
    assertThat(read(sheet, List.of("text"))).isEqualTo(MARK + sheet);
  }

  /** The worst case for the buffer. */
  @Test
  void longSheetsAreReadWholeWhateverTheSizeOfTheReads() throws IOException {
    String rows = "=\r\n".repeat(50_000) + "=;".repeat(100_000);
    String safe = MARK + "name;n\r\n" + "'=\r\n".repeat(50_000) + "'=;".repeat(100_000);
    Random random = new Random(7);
    StringBuilder found = new StringBuilder();
    try (InputStream bytes =
        SpreadsheetStream.of(
            new ByteArrayInputStream(("name;n\r\n" + rows).getBytes(UTF_8)), List.of("text"))) {
      byte[] part = new byte[70_000];
      int count = bytes.read(part, 0, 1);
      while (count >= 0) {
        found.append(new String(part, 0, count, ISO_8859_1));
        count = bytes.read(part, 0, 1 + random.nextInt(part.length));
      }
    }
    assertThat(new String(found.toString().getBytes(ISO_8859_1), UTF_8)).isEqualTo(safe);
  }

  private static String read(String sheet, List<String> types) {
    try (InputStream safe =
        SpreadsheetStream.of(new ByteArrayInputStream(sheet.getBytes(UTF_8)), types)) {
      return new String(safe.readAllBytes(), UTF_8);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
