package io.tallyman.billing.sheet;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.date.FourDigitYear;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/sheets")
@ExecuteOn(TaskExecutors.BLOCKING)
class SheetController {
  private final Sheets sheets;
  private final SheetList list;

  SheetController(Sheets sheets, SheetList list) {
    this.sheets = sheets;
    this.list = list;
  }

  /**
   * @param from inclusive lower bound of the creation time
   * @param to exclusive upper bound of the creation time
   */
  @Get
  Page<Sheet> list(
      @Nullable @QueryValue("task_id") UUID taskId,
      @Nullable @QueryValue @FourDigitYear Instant from,
      @Nullable @QueryValue @FourDigitYear Instant to,
      PageRequest page) {
    return list.page(new SheetList.Filter(taskId, from, to), page);
  }

  @Get("/{id}")
  Sheet show(UUID id) {
    return sheets.find(id);
  }
}
