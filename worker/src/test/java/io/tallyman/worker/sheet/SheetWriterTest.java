package io.tallyman.worker.sheet;

import static io.tallyman.worker.sheet.Column.Type.CURRENCY;
import static io.tallyman.worker.sheet.Column.Type.DECIMAL;
import static io.tallyman.worker.sheet.Column.Type.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallyman.kit.disk.DiskFull;
import io.tallyman.kit.disk.FreeSpace;
import io.tallyman.worker.sheet.SheetFormat.Profile;
import io.tallyman.worker.sheet.file.TestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SheetWriterTest {
  private static final Instant MOMENT = Instant.parse("2022-04-01T05:06:07.123456Z");
  private static final List<Column> COLUMNS =
      List.of(
          new Column("name", TEXT),
          new Column("payable", DECIMAL),
          new Column("currency", CURRENCY));

  private static final String NAME = "sheets/2022-04-01/07/a-1.csv";

  @TempDir private Path directory;
  private SheetStore store;
  private Path file;
  private long usable = 1 << 20;
  private final FreeSpace space = new FreeSpace(() -> usable, () -> 10 << 20, 1 << 20);

  @BeforeEach
  void openStore() {
    store = TestStore.at(directory, space);
    file = directory.resolve(NAME);
  }

  @Test
  void writesRfc4180() throws IOException {
    finish(
        row("Acme, Inc.", "1.50", "GBP"),
        row("the \"best\"", "-2.00", "GBP"),
        row("two\nlines", "3.00", "GBP"),
        row(null, "4.00", "GBP"),
        row("Zoë £", "5.00", "GBP"));

    assertThat(file)
        .hasContent(
            """
            name,payable,currency\r
            "Acme, Inc.",1.50,GBP\r
            "the ""best""\",-2.00,GBP\r
            "two
            lines",3.00,GBP\r
            ,4.00,GBP\r
            Zoë £,5.00,GBP\r
            """);
  }

  @Test
  void appliesTheApostropheRuleToTextAndNothingElse() throws IOException {
    finish(row("'=1+1", "-2.00", "GBP"), row("-1", "+3.00", "GBP"));

    assertThat(Files.readString(file))
        .isEqualTo("name,payable,currency\r\n''=1+1,-2.00,GBP\r\n-1,+3.00,GBP\r\n");
  }

  @Test
  void sheetForSpreadsheetsHasAByteOrderMarkAndNoTextThatTheyRun()
      throws IOException, NoSuchAlgorithmException {
    SheetFormat excel = new SheetFormat(Profile.EXCEL, ";", null);

    WrittenSheet sheet = finish(excel, row("=1+1", "-2.00", "GBP"), row("a;b, c", "+3.00", "GBP"));

    byte[] content = Files.readAllBytes(file);
    assertThat(new String(content, UTF_8))
        .isEqualTo("\uFEFFname;payable;currency\r\n'=1+1;-2.00;GBP\r\n\"a;b, c\";+3.00;GBP\r\n");
    assertThat(sheet.bytes()).isEqualTo(content.length);
    assertThat(sheet.sha256()).isEqualTo(sha256(content));
  }

  /** The names of refused rows come from an imported file. */
  @ParameterizedTest
  @CsvSource({"EXCEL, '\uFEFF''=1+1\r\n'", "RAW, '=1+1\r\n'"})
  void headerForSpreadsheetsHasNoNameThatTheyRun(Profile profile, String content)
      throws IOException {
    SheetFormat format = new SheetFormat(profile, null, null);

    SheetWriter.begin(
            new SheetOutput(() -> store.begin(NAME), 0),
            List.of(new Column("=1+1", TEXT)),
            format,
            0)
        .finish("a.csv", MOMENT);

    assertThat(Files.readString(file)).isEqualTo(content);
  }

  @Test
  void delimiterIsTheOneThatWasAskedFor() throws IOException {
    finish(new SheetFormat(null, "\t", null), row("a,b\tc", "1.00", "GBP"));

    assertThat(Files.readString(file))
        .isEqualTo("name\tpayable\tcurrency\r\n\"a,b\tc\"\t1.00\tGBP\r\n");
  }

  @Test
  void decimalCommaIsForAmountsAloneAndComesWithASemicolon() throws IOException {
    SheetFormat german = new SheetFormat(Profile.EXCEL, null, ",");

    WrittenSheet sheet =
        finish(german, row("1.5 kg, dry", "-1234.50", "EUR"), row("7", "500", "JPY"));

    assertThat(Files.readString(file))
        .isEqualTo("\uFEFFname;payable;currency\r\n1.5 kg, dry;-1234,50;EUR\r\n7;500;JPY\r\n");
    assertThat(sheet.totals())
        .containsExactly(
            new Total("EUR", new BigDecimal("-1234.50")), new Total("JPY", new BigDecimal("500")));
  }

  @Test
  void decimalCommaKeepsTheDelimiterThatWasAskedFor() throws IOException {
    finish(new SheetFormat(null, "\t", ","), row("a", "1.00", "GBP"));

    assertThat(file).hasContent("name\tpayable\tcurrency\r\na\t1,00\tGBP\r\n");
  }

  @Test
  void sumsEachCurrencyForItself() throws IOException {
    WrittenSheet sheet =
        finish(
            row("a", "0.10", "GBP"),
            row("b", "500", "JPY"),
            row("c", "0.20", "GBP"),
            row("d", "-0.30", "EUR"));

    assertThat(sheet.rows()).isEqualTo(4);
    assertThat(sheet.totals())
        .containsExactly(
            new Total("EUR", new BigDecimal("-0.30")),
            new Total("GBP", new BigDecimal("0.30")),
            new Total("JPY", new BigDecimal("500")));
  }

  @Test
  void describesTheFileItWrote() throws IOException, NoSuchAlgorithmException {
    WrittenSheet sheet = finish(row("Zoë", "1.00", "GBP"));

    byte[] content = Files.readAllBytes(file);
    assertThat(sheet)
        .isEqualTo(
            new WrittenSheet(
                "billing.csv",
                COLUMNS,
                1,
                List.of(new Total("GBP", new BigDecimal("1.00"))),
                content.length,
                sha256(content),
                MOMENT,
                null));
  }

  @Test
  void smallSheetIsDescribedWithItsContentAndNeedsNoFile()
      throws IOException, NoSuchAlgorithmException {
    try (SheetWriter writer = begin(SheetFormat.RAW, 100)) {
      writer.write(row("Zoë", "1.00", "GBP"));
      WrittenSheet sheet = writer.finish("billing.csv", MOMENT);

      byte[] content = Base64.getDecoder().decode(sheet.content());
      assertThat(new String(content, UTF_8)).isEqualTo("name,payable,currency\r\nZoë,1.00,GBP\r\n");
      assertThat(sheet.bytes()).isEqualTo(content.length);
      assertThat(sheet.sha256()).isEqualTo(sha256(content));
    }
    assertThat(TestStore.files(directory)).isEmpty();
  }

  @Test
  void sheetWithoutRowsHasItsHeaderAndNoTotals() throws IOException {
    assertThat(finish().totals()).isEmpty();
    assertThat(file).hasContent("name,payable,currency\r\n");
  }

  @Test
  void fileHasItsNameOnlyOnceItIsFinished() throws IOException {
    try (SheetWriter writer = begin(SheetFormat.RAW)) {
      writer.write(row("a", "1.00", "GBP"));
      assertThat(file).doesNotExist();

      writer.finish("billing.csv", MOMENT);
      assertThat(file).exists();
    }
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
    assertThat(file).exists();
  }

  @Test
  void unfinishedSheetLeavesNothing() throws IOException {
    try (SheetWriter writer = begin(SheetFormat.RAW)) {
      writer.write(row("a", "1.00", "GBP"));
    }
    assertThat(TestStore.files(directory)).isEmpty();
  }

  @Test
  void sheetIsNotBegunOnAFullDisk() {
    usable--;

    assertThatExceptionOfType(DiskFull.class).isThrownBy(this::finish);
    assertThat(TestStore.files(directory)).isEmpty();
  }

  @Test
  void sheetEndsWhereTheDiskFillsUpMeanwhile() throws IOException {
    try (SheetWriter writer = begin(SheetFormat.RAW)) {
      writer.write(row("a".repeat(2_000), "1.00", "GBP"));
      usable--;

      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(
              () -> {
                for (int row = 0; row < 3_000; row++) {
                  writer.write(row("a".repeat(1_000), "1.00", "GBP"));
                }
              })
          .withCauseInstanceOf(DiskFull.class);
      assertThat(writer.rows()).isGreaterThan(1_000);
    }
    assertThat(TestStore.files(directory)).isEmpty();
  }

  private SheetWriter begin(SheetFormat format) throws IOException {
    return begin(format, 0);
  }

  private SheetWriter begin(SheetFormat format, int mostInline) throws IOException {
    SheetOutput output = new SheetOutput(() -> store.begin(NAME), mostInline);
    return SheetWriter.begin(output, COLUMNS, format, 10);
  }

  private WrittenSheet finish(@Nullable String[]... rows) throws IOException {
    return finish(SheetFormat.RAW, rows);
  }

  private WrittenSheet finish(SheetFormat format, @Nullable String[]... rows) throws IOException {
    try (SheetWriter writer = begin(format)) {
      for (@Nullable String[] row : rows) {
        writer.write(row);
      }
      return writer.finish("billing.csv", MOMENT);
    }
  }

  private static String sha256(byte[] content) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private static @Nullable String[] row(@Nullable String... cells) {
    return cells;
  }
}
