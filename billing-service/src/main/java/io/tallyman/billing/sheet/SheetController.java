package io.tallyman.billing.sheet;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;

@Controller("/sheets")
@ExecuteOn(TaskExecutors.BLOCKING)
class SheetController {
  private final Sheets sheets;

  SheetController(Sheets sheets) {
    this.sheets = sheets;
  }

  @Get("/{id}")
  Sheet show(UUID id) {
    return sheets.find(id);
  }
}
