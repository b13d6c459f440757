package io.tallyman.worker.billing;

import static io.tallyman.worker.sheet.Column.Type.TEXT;

import io.micronaut.http.uri.UriBuilder;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.sheet.Column;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.SheetWriter;
import io.tallyman.worker.stream.BillingServiceStreams;
import io.tallyman.worker.task.Outcome.Done;
import io.tallyman.worker.task.Progress;
import io.tallyman.worker.task.TaskType;
import io.tallyman.worker.task.Work;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the sheet that shows which user is responsible for which billings. Reading billings,
 * looking up users and writing are three pipeline steps: each goes on while the others wait for
 * their service or for the disk.
 */
@Singleton
final class Assignments implements TaskType<Assignments.Parameters> {
  private static final List<Column> COLUMNS =
      Stream.concat(
              Stream.of(new Column("username", TEXT), new Column("user_name", TEXT)),
              BillingSheet.COLUMNS.stream())
          .toList();

  private final BillingServiceStreams billingService;
  private final UserClient users;

  Assignments(BillingServiceStreams billingService, UserClient users) {
    this.billingService = billingService;
    this.users = users;
  }

  /**
   * @param from inclusive
   * @param to inclusive
   */
  @Serdeable
  record Parameters(LocalDate from, LocalDate to, @Nullable SheetFormat format) {
    URI rows() {
      return UriBuilder.of("/internal/assignments/rows")
          .queryParam("from", from)
          .queryParam("to", to)
          .build();
    }
  }

  @Override
  public String name() {
    return "billing.assignments";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Done run(Parameters parameters, Work work) throws IOException, InterruptedException {
    Managers managers = new Managers(users);
    try (BillingRows rows = new BillingRows(billingService.read(parameters.rows()));
        SheetWriter sheet =
            work.beginSheet(COLUMNS, SheetFormat.orRaw(parameters.format()), rows.count())) {
      rows.passTo(
          managers::name,
          some -> {
            some.forEach(sheet::write);
            work.report(new Progress("writing", "rows", sheet.rows(), rows.count()));
          },
          work);
      String fileName = "assignments-" + parameters.from() + "_" + parameters.to() + ".csv";
      return new Done(sheet.finish(fileName, rows.snapshotAt()), null);
    }
  }
}
