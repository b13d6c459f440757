package io.tallyman.worker.billing;

import io.micronaut.http.client.exceptions.HttpClientException;
import io.tallyman.kit.batch.GroupCommit;
import io.tallyman.worker.billing.SmallSheetsClient.Answer;
import io.tallyman.worker.billing.SmallSheetsClient.Days;
import io.tallyman.worker.billing.SmallSheetsClient.Request;
import io.tallyman.worker.billingservice.Reply;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the rows of small sheets. Sheets that begin while a call is under way share the next call.
 */
@Singleton
final class SmallSheets {
  private static final Logger LOG = LoggerFactory.getLogger(SmallSheets.class);

  /** More than there are attempts. */
  private static final int MOST_WAITING = 10_000;

  private final SmallSheetsClient billingService;
  private final GroupCommit<SheetParameters, Optional<Rows>> calls;

  SmallSheets(SmallSheetsClient billingService) {
    this.billingService = billingService;
    this.calls =
        new GroupCommit<>(
            this::read, _ -> new Object(), SmallSheetsClient.MOST_SHEETS, MOST_WAITING);
  }

  /**
   * All rows of a sheet, in its order.
   *
   * @param rows the cells of each row
   * @param snapshotAt the moment in the database that the sheet shows
   */
  record Rows(List<@Nullable String[]> rows, Instant snapshotAt) {}

  /**
   * Returns the rows of a sheet; empty if they must be streamed, because the sheet is not small,
   * has a filter, or the call failed.
   */
  Optional<Rows> read(SheetParameters sheet) {
    return sheet.isWhole() ? calls.commit(sheet) : Optional.empty();
  }

  private List<Supplier<Optional<Rows>>> read(List<SheetParameters> sheets) {
    Answer answer = answer(sheets);
    return IntStream.range(0, sheets.size())
        .<Supplier<Optional<Rows>>>mapToObj(index -> () -> rows(answer, index))
        .toList();
  }

  private @Nullable Answer answer(List<SheetParameters> sheets) {
    try {
      return billingService.read(
          new Request(
              sheets.stream().map(sheet -> new Days(sheet.first(), sheet.last())).toList()));
    } catch (HttpClientException failure) {
      LOG.debug("The rows of {} sheets are streamed ({})", sheets.size(), Reply.describe(failure));
      return null;
    }
  }

  private static Optional<Rows> rows(@Nullable Answer answer, int index) {
    if (answer == null) {
      return Optional.empty();
    }
    List<@Nullable String[]> rows = answer.sheets().get(index).rows();
    return Optional.ofNullable(rows).map(all -> new Rows(all, answer.snapshotAt()));
  }
}
