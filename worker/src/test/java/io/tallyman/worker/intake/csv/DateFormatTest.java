package io.tallyman.worker.intake.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallyman.worker.task.BadInput;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DateFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                       | 2021-02-28       | 2021-02-28
          ISO          | 0001-01-01       | 0001-01-01
          yyyy-MM-dd   | 9999-12-31       | 9999-12-31
          dd/MM/yyyy   | 03/04/2021       | 2021-04-03
          MM/dd/yyyy   | 03/04/2021       | 2021-03-04
          d.M.yy       | 3.12.21          | 2021-12-03
          d.M.yy       | 03.04.69         | 2069-04-03
          d MMM yyyy   | 3  Sep  2021    | 2021-09-03
          ISO          | 2021-01-01T00:00 | 2021-01-01
          dd/MM/yyyy   | 31/05/2031 2:35 PM | 2031-05-31
          excel        | 1                | 1900-01-01
          excel        | 59               | 1900-02-28
          excel        | 61               | 1900-03-01
          excel        | 47999            | 2031-05-31
          excel        | 48000.5          | 2031-06-01
          excel-1904   | 0                | 1904-01-01
          excel-1904   | 46537            | 2031-05-31
          yyyyMMdd     | 20240229         | 2024-02-29
          ddMMyy       | 010200           | 2000-02-01
          dMyyyy       | 112021           | 2021-01-01
          dMyyyy       | 3122021          | 2021-12-03
          dMyyyy       | 31122021         | 2021-12-31
          dd-MMM-yyyy  | 03-Sep-2021      | 2021-09-03
          dd-MMM-yyyy  | 03-SEP-2021      | 2021-09-03
          dMMMyy       | 3may21           | 2021-05-03
          MMMM d, yyyy | December 3, 2021 | 2021-12-03
          d MMMM yyyy  | 3 may 2021       | 2021-05-03
          """)
  void readsDates(@Nullable String pattern, String text, String date) {
    assertThat(DateFormat.of(pattern).read(text)).hasToString(date);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ISO         | 2021-02-30
          ISO         | 2021-02-29
          ISO         | 0000-12-31
          ISO         | -001-01-01
          ISO         | 2021-1-1
          ISO         | 2021-13-01
          ISO         | 2021-00-01
          ISO         | 2021-01-00
          ISO         | 2021-01-01T24:00
          ISO         | 2021-01-01 noon
          d.M.yy      | 03.04.70
          excel       | 60
          excel       | 0
          excel       | 2958466
          excel       | 1e3
          ISO         | 20210101
          ISO         | 12021-01-01
          ISO         | ٢٠٢١-٠١-٠١
          dd/MM/yyyy  | 3/4/2021
          dd/MM/yyyy  | 03/04/21
          dd/MM/yyyy  | 03.04.2021
          d/M/yy      | 3/4/2021
          d/M/yy      | 31/4/21
          dMyyyy      | 1112021
          dd MMM yyyy | 03 September 2021
          d MMMM yyyy | 3 Sep 2021
          d MMMM yyyy | 3 Mai 2021
          """)
  void refusesWhatIsNoDateOrCouldBeTwo(String pattern, String text) {
    assertThat(DateFormat.of(pattern).read(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ISO          | 2022-03-31
          d/M/yy       | 31/3/22
          excel        | 44651
          excel-1904   | 43189
          MMMM dd,yyyy | March 31,2022
          dd.MMM.yyyy  | 31.Mar.2022
          """)
  void showsWhatADateLooksLike(String pattern, String example) {
    assertThat(DateFormat.of(pattern).example()).isEqualTo(example);
    assertThat(DateFormat.of(pattern).read(example)).hasToString("2022-03-31");
  }

  @ParameterizedTest
  @CsvSource({"79, 31/12/79, 1979-12-31", "80, 31/12/79, 2079-12-31", "0, 01/01/00, 1900-01-01"})
  void twoDigitYearsFromThePivotOnAreOfTheLastCentury(int pivot, String text, String date) {
    assertThat(DateFormat.of("dd/MM/yy", pivot).read(text)).hasToString(date);
  }

  @Test
  void formatsAreTriedInTheirOrder() {
    DateFormat formats = DateFormat.of("dd/MM/yyyy|MM/dd/yyyy|ISO");
    assertThat(formats.read("03/04/2021")).hasToString("2021-04-03");
    assertThat(formats.read("03/24/2021")).hasToString("2021-03-24");
    assertThat(formats.read("2021-04-03")).hasToString("2021-04-03");
    assertThat(formats.example()).isEqualTo("31/03/2022 or 03/31/2022 or 2022-03-31");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "dd/MM", "dd/MM/yyy", "d/d/yyyy", "dd/MM/MMM/yy", "DD/MM/YYYY", "dd:MM:yyyy"})
  void patternsThatNameNoDateAreRefused(String pattern) {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> DateFormat.of(pattern))
        .withMessage("The date_format of the import cannot be \"" + pattern + "\".");
  }
}
