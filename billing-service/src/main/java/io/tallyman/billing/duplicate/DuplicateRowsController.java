package io.tallyman.billing.duplicate;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.InputStream;
import java.util.UUID;

/** Streams the duplicates of imports to workers. */
@Controller("/internal/imports")
@ExecuteOn(TaskExecutors.BLOCKING)
class DuplicateRowsController {
  private final ImportDuplicates duplicates;

  DuplicateRowsController(ImportDuplicates duplicates) {
    this.duplicates = duplicates;
  }

  /**
   * The rows of an import whose billings existed before, as CSV without a header, in the order of
   * the file: {@code line,earlier_import_id,earlier_line,billing_id}, then the columns of {@link
   * io.tallyman.billing.billing.BillingRows}. See {@link
   * io.tallyman.billing.snapshot.Snapshot#answer}.
   */
  @Get(uri = "/{id}/duplicates", headRoute = false)
  @Produces(MediaType.TEXT_CSV)
  HttpResponse<InputStream> duplicates(UUID id) {
    return duplicates.open(id).answer();
  }
}
