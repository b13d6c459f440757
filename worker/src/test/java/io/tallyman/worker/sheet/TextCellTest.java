package io.tallyman.worker.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.worker.sheet.SheetFormat.Profile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextCellTest {
  private static final SheetFormat EXCEL = new SheetFormat(Profile.EXCEL, null, null);

  @ParameterizedTest
  @ValueSource(strings = {"", "'", "''", "Acme", "'Acme", "''s", "'60s =", " =", " '="})
  void leavesOtherTextAsItIs(String text) {
    assertThat(TextCell.write(text, SheetFormat.RAW)).isEqualTo(text);
    assertThat(TextCell.write(text, EXCEL)).isEqualTo(text);
    assertThat(TextCell.read(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'=1+1", "'+1", "'-1", "'@a", "'\tx", "'\rx", "''=", "'''-"})
  void addsOneApostropheToOthersAndTakesItAwayAgain(String text) {
    assertThat(TextCell.write(text, SheetFormat.RAW)).isEqualTo("'" + text);
    assertThat(TextCell.write(text, EXCEL)).isEqualTo("'" + text);
    assertThat(TextCell.read("'" + text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-5", "@a", "\t=", "\r", "="})
  void marksWhatASpreadsheetWouldRunForSpreadsheetsOnly(String text) {
    assertThat(TextCell.write(text, SheetFormat.RAW)).isEqualTo(text);
    assertThat(TextCell.write(text, EXCEL)).isEqualTo("'" + text);
    assertThat(TextCell.read(text)).isEqualTo(text);
    assertThat(TextCell.read("'" + text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {"'=SUM(A1),=SUM(A1)", "''-x,'-x", "'@home,@home"})
  void readsAnApostropheThatASpreadsheetNeeded(String cell, String text) {
    assertThat(TextCell.read(cell)).isEqualTo(text);
  }
}
