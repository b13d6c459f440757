package io.tallyman.gateway.intake;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.task.LinkedTask;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.upstream.BillingStreams;
import io.tallyman.kit.idempotency.IdempotencyKey;
import java.util.List;
import java.util.UUID;

@Controller(Api.V1 + "/imports")
@AllowedFor(Access.CLERK)
@ExecuteOn(TaskExecutors.BLOCKING)
class ImportController {
  private static final List<String> PASSED_ON =
      List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_ENCODING, IdempotencyKey.HEADER);

  private final BillingStreams streams;
  private final ImportClient imports;

  ImportController(BillingStreams streams, ImportClient imports) {
    this.streams = streams;
    this.imports = imports;
  }

  /** Passes the upload on unchanged; billing-service decides whether it accepts it. */
  @Post
  @Consumes(MediaType.ALL)
  HttpResponse<LinkedTask> submit(
      @RequestBean FileOptions file,
      @RequestBean ImportQuery query,
      @RequestBean SheetOptions sheet,
      ServerHttpRequest<?> upload) {
    MutableHttpRequest<?> request = HttpRequest.POST(query.on("/imports", file, sheet), null);
    PASSED_ON.forEach(
        name ->
            upload.getHeaders().findFirst(name).ifPresent(value -> request.header(name, value)));
    return LinkedTask.accepted(streams.upload(request, upload, Task.class));
  }

  /** Retries a failed import with further options. */
  @Post("/{id}/retry")
  HttpResponse<LinkedTask> retry(UUID id, @RequestBean FileOptions options) {
    return LinkedTask.accepted(imports.retry(id, options));
  }

  @Post("/{id}/undo")
  HttpResponse<LinkedTask> undo(UUID id) {
    return LinkedTask.accepted(imports.undo(id));
  }

  @Post("/{id}/duplicates")
  HttpResponse<LinkedTask> duplicates(UUID id, @RequestBean SheetOptions sheet) {
    return LinkedTask.accepted(imports.duplicates(id, sheet));
  }
}
