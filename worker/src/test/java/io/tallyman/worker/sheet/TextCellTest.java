package io.tallyman.worker.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextCellTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "'", "''", "Acme", "=1+1", "-5", "'Acme", "''s", "'60s =", "\t=", " '="})
  void leavesOtherTextAsItIs(String text) {
    assertThat(TextCell.write(text)).isEqualTo(text);
    assertThat(TextCell.read(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'=1+1", "'+1", "'-1", "'@a", "'\tx", "'\rx", "''=", "'''-"})
  void addsOneApostropheAndTakesItAwayAgain(String text) {
    assertThat(TextCell.write(text)).isEqualTo("'" + text);
    assertThat(TextCell.read(TextCell.write(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {"'=SUM(A1),=SUM(A1)", "''-x,'-x", "'@home,@home"})
  void readsAnApostropheThatASpreadsheetNeeded(String cell, String text) {
    assertThat(TextCell.read(cell)).isEqualTo(text);
  }
}
