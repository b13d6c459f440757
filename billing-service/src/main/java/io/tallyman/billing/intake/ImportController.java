package io.tallyman.billing.intake;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.task.AcceptedTask;
import io.tallyman.billing.task.DuplicateTask;
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
  private final ImportUndo undo;
  private final TaskLifecycle lifecycle;

  ImportController(Uploads uploads, BillingImport type, ImportUndo undo, TaskLifecycle lifecycle) {
    this.uploads = uploads;
    this.type = type;
    this.undo = undo;
    this.lifecycle = lifecycle;
  }

  /** Stores the upload first and then accepts the task, so that no task is without its upload. */
  @Post
  @Consumes(MediaType.TEXT_CSV)
  HttpResponse<Task> submit(
      @RequestBean ImportQuery query,
      @Nullable @Header(HttpHeaders.CONTENT_ENCODING) String encoding,
      @Body InputStream body)
      throws IOException {
    if (encoding != null && !ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
      throw new UnsupportedUpload(
          "Content-Encoding " + encoding + " is not read here; send gzip or none.");
    }
    BillingImport.Parameters parameters = query.parameters();
    UUID id = TaskLifecycle.newId();
    long bytes = uploads.keep(id, body);
    return AcceptedTask.answer(lifecycle.accept(id, type, parameters.of(bytes)));
  }

  /**
   * Accepts a task that takes back what an import brought; there is one at most that succeeds.
   *
   * @throws NotUndoable if the task is no import, or stored nothing
   * @throws AlreadyUndone if another task does that, or did
   */
  @Post("/{id}/undo")
  HttpResponse<Task> undo(UUID id) {
    Task task = lifecycle.find(id);
    if (!type.hasStored(task)) {
      throw new NotUndoable(id);
    }
    try {
      ImportUndo.Parameters parameters = new ImportUndo.Parameters(id);
      return AcceptedTask.answer(lifecycle.accept(TaskLifecycle.newId(), undo, parameters));
    } catch (DuplicateTask once) {
      throw new AlreadyUndone(id);
    }
  }
}
