package io.tallyman.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

final class AmountTest {
  @ParameterizedTest
  @CsvSource({
    "0,0 bytes",
    "999,999 bytes",
    "1000,1.0 kB",
    "999949,999.9 kB",
    "999950,1.0 MB",
    "5000000000,5.0 GB"
  })
  void bytesHaveOneDecimal(long bytes, String text) {
    assertThat(Amount.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.00|0.00",
        "-123.45|-123.45",
        "-1234.5|-1,234.5",
        "123456789012345678901234.10|123,456,789,012,345,678,901,234.10",
        "1000|1,000"
      })
  void decimalsStayExact(String decimal, String text) {
    assertThat(Amount.grouped(decimal)).isEqualTo(text);
  }

  @Test
  void totalsAreNeverSummedAcrossCurrencies() {
    assertThat(
            Amount.totals(
                JsonMapper.shared()
                    .readTree(
                        """
                        [{"currency": "EUR", "payable": "-2000.00"}, {"currency": "GBP", "payable": "1.00"}]
                        """)))
        .isEqualTo("EUR -2,000.00 and GBP 1.00");
  }

  @ParameterizedTest
  @CsvSource({"0,10,[--------------------]   0%", "5,10,[##########----------]  50%"})
  void barShowsThePart(long done, long total, String bar) {
    assertThat(Amount.bar(done, total)).isEqualTo(bar);
  }

  @Test
  void barIsFullAtTheEndAndNotLonger() {
    assertThat(Amount.bar(10, 10)).isEqualTo("[####################] 100%");
    assertThat(Amount.bar(Long.MAX_VALUE / 100, 10)).isEqualTo(Amount.bar(10, 10));
  }

  @ParameterizedTest
  @CsvSource({"59,59 s", "60,1 min 0 s", "3725,1 h 2 min"})
  void timesHaveTwoUnits(long seconds, String text) {
    assertThat(Amount.time(Duration.ofSeconds(seconds))).isEqualTo(text);
  }
}
