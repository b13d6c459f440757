package io.tallyman.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallyman.worker.intake.row.Layout;
import io.tallyman.worker.intake.row.Row;
import io.tallyman.worker.task.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class StagingRefusalsTest {
  private static final List<String> CELLS = List.of("Oak", "2022-03-31", "1.00");

  @Test
  void streamThatBreaksBeforeItsFirstRowIsClosed() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("The connection is lost.");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }

          @Override
          public void close() {
            closed.set(true);
          }
        };
    Layout layout = Layout.of(List.of("account_name", "date_billed", "payable"), null, false);

    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(
            () -> {
              try (StagingRefusals refusals = new StagingRefusals(broken, layout, 2)) {
                refusals.of(new Row.Good(2, CELLS, List.of()));
              }
            })
        .withMessage("billing-service sent 0 of 2 refused rows.");
    assertThat(closed).isTrue();
  }
}
