package io.tallyman.billing.intake;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.KnownCurrency;
import io.tallyman.billing.task.AcceptedTask;
import io.tallyman.billing.task.Task;
import io.tallyman.billing.task.TaskLifecycle;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/imports")
@ExecuteOn(TaskExecutors.BLOCKING)
class ImportController {
  private static final Set<String> ENCODINGS = Set.of("gzip", "identity");

  private final Uploads uploads;
  private final BillingImport type;
  private final TaskLifecycle lifecycle;

  ImportController(Uploads uploads, BillingImport type, TaskLifecycle lifecycle) {
    this.uploads = uploads;
    this.type = type;
    this.lifecycle = lifecycle;
  }

  /** Stores the upload first and then accepts the task, so that no task is without its upload. */
  @Post
  @Consumes(MediaType.TEXT_CSV)
  HttpResponse<Task> submit(
      @Nullable @QueryValue String columns,
      @Nullable @QueryValue @KnownCurrency String currency,
      @Nullable @Header(HttpHeaders.CONTENT_ENCODING) String encoding,
      @Body InputStream body)
      throws IOException {
    if (encoding != null && !ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
      throw new UnsupportedUpload(
          "Content-Encoding " + encoding + " is not read here; send gzip or none.");
    }
    var mapping = ColumnMapping.read(columns);
    UUID id = TaskLifecycle.newId();
    long bytes = uploads.keep(id, body);
    Task task = lifecycle.accept(id, type, new BillingImport.Parameters(mapping, currency, bytes));
    return HttpResponse.accepted(AcceptedTask.location(task)).body(task);
  }
}
