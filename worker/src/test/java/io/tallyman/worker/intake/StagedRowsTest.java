package io.tallyman.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallyman.worker.intake.csv.ExpansionLimit;
import io.tallyman.worker.intake.row.Row;
import io.tallyman.worker.stream.TestWork;
import io.tallyman.worker.task.BadInput;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StagedRowsTest {
  private static final Row.Good ROW = new Row.Good(2, List.of(), List.of("2", "Oak", "1.00"));

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  @Test
  void rowsMayBeAsManyBytesAsTheirUploadMayBecome() throws Exception {
    StagedRows rows = new StagedRows(sent::writeBytes, 24);
    rows.add(ROW);
    rows.add(ROW);
    rows.flush();

    assertThat(sent).hasToString("2,Oak,1.00\n2,Oak,1.00\n");
  }

  @Test
  void rowsThatAreMoreBytesAreNotSent() {
    StagedRows rows = new StagedRows(sent::writeBytes, 1 << 20);

    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(
            () -> {
              while (true) {
                rows.add(ROW);
              }
            })
        .withMessageContaining("more than 200 times")
        .satisfies(bad -> assertThat(TestWork.slug(bad)).isEqualTo("gzip-bomb"));
    assertThat(sent.size()).isBetween(1 << 19, 1 << 20);
  }

  @Test
  void uploadMayBecome200TimesAsMuchAnd100MebibytesInAnyCase() {
    assertThat(ExpansionLimit.bytes(145_000)).isEqualTo(100 << 20);
    assertThat(ExpansionLimit.bytes(1 << 20)).isEqualTo(200 << 20);
  }
}
