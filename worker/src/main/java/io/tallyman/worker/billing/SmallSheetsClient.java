package io.tallyman.worker.billing;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.problem.Problem;
import io.tallyman.worker.billingservice.BillingServiceClient;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of many small sheets at once from billing-service. A failed call throws an {@link
 * io.micronaut.http.client.exceptions.HttpClientException}.
 */
@Client(id = BillingServiceClient.SERVICE, path = "/internal/billings", errorType = Problem.class)
interface SmallSheetsClient {
  /** The most sheets that billing-service accepts in one call. */
  int MOST_SHEETS = 100;

  /** The days of a sheet, both ends included. */
  @Serdeable
  record Days(LocalDate from, LocalDate to) {}

  @Serdeable
  record Request(List<Days> sheets) {}

  /**
   * @param snapshotAt the moment in the database that all sheets show
   * @param sheets one for each sheet of the request, in the same order
   */
  @Serdeable
  record Answer(Instant snapshotAt, List<Rows> sheets) {}

  /**
   * @param rows the cells of each row, in the order of the sheet; null if the sheet has too many
   */
  @Serdeable
  record Rows(@Nullable List<@Nullable String[]> rows) {}

  /**
   * @return null if billing-service does not know this call
   */
  @Post("/rows")
  @Nullable Answer read(@Body Request request);
}
