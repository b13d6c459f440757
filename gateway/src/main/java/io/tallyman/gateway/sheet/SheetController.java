package io.tallyman.gateway.sheet;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.request.LinkedPage;
import io.tallyman.kit.page.Page;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller(Api.V1 + "/sheets")
@AllowedFor(Access.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
class SheetController {
  private final SheetClient sheets;

  SheetController(SheetClient sheets) {
    this.sheets = sheets;
  }

  @Get
  HttpResponse<Page<Sheet>> list(
      @Nullable @QueryValue("task_id") String taskId,
      @Nullable @QueryValue String from,
      @Nullable @QueryValue String to,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor,
      HttpRequest<?> request) {
    return LinkedPage.of(sheets.list(taskId, from, to, limit, cursor), request);
  }

  @Get("/{id}")
  Sheet show(UUID id) {
    return sheets.show(id);
  }
}
