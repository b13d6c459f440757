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
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.task.LinkedTask;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.upstream.BillingStreams;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/imports")
@ExecuteOn(TaskExecutors.BLOCKING)
class ImportController {
  private static final List<String> PASSED_ON =
      List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_ENCODING);

  private final BillingStreams streams;

  ImportController(BillingStreams streams) {
    this.streams = streams;
  }

  /** Passes the upload on as it comes; billing-service decides what it takes. */
  @Post
  @Consumes(MediaType.ALL)
  HttpResponse<LinkedTask> submit(
      @Nullable @QueryValue String columns,
      @Nullable @QueryValue String currency,
      ServerHttpRequest<?> upload) {
    UriBuilder uri = UriBuilder.of("/imports");
    if (columns != null) {
      uri.queryParam("columns", columns);
    }
    if (currency != null) {
      uri.queryParam("currency", currency);
    }
    MutableHttpRequest<?> request = HttpRequest.POST(uri.build(), null);
    PASSED_ON.forEach(
        name ->
            upload.getHeaders().findFirst(name).ifPresent(value -> request.header(name, value)));
    return LinkedTask.accepted(streams.upload(request, upload, Task.class));
  }
}
