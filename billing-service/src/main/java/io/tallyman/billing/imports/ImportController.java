package io.tallyman.billing.imports;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
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
import io.tallyman.billing.task.Task;
import io.tallyman.billing.task.TaskLifecycle;
import io.tallyman.billing.task.TaskLimit;
import io.tallyman.billing.upload.Uploads;
import io.tallyman.billing.upload.Uploads.Upload;
import io.tallyman.kit.idempotency.KeptAnswers;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

@Controller("/imports")
@ExecuteOn(TaskExecutors.BLOCKING)
class ImportController {
  private static final Set<String> ENCODINGS = Set.of("gzip", "identity");

  private final Uploads uploads;
  private final BillingImport type;
  private final ImportUndo undo;
  private final TaskLifecycle lifecycle;
  private final TaskLimit taskLimit;
  private final KeptAnswers answers;

  ImportController(
      Uploads uploads,
      BillingImport type,
      ImportUndo undo,
      TaskLifecycle lifecycle,
      TaskLimit taskLimit,
      KeptAnswers answers) {
    this.uploads = uploads;
    this.type = type;
    this.undo = undo;
    this.lifecycle = lifecycle;
    this.taskLimit = taskLimit;
    this.answers = answers;
  }

  /** Stores the upload first and then accepts the task, so that no task is without its upload. */
  @Post
  @Consumes(MediaType.TEXT_CSV)
  HttpResponse<?> submit(
      HttpRequest<?> request,
      @RequestBean ImportQuery query,
      @Nullable @Header(HttpHeaders.CONTENT_ENCODING) String encoding,
      @Nullable @Body InputStream body)
      throws IOException {
    // One that is refused has to be passed over: left unread, its connection would stand still.
    try (InputStream upload = body == null ? InputStream.nullInputStream() : body) {
      if (encoding != null && !ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
        throw new UnsupportedUpload(
            "Content-Encoding " + encoding + " is not read here; send gzip or none.");
      }
      BillingImport.Parameters parameters = query.parameters();
      // Its answer is made already, but whether it is the same request is known by its bytes.
      if (!answers.has(request)) {
        taskLimit.requireRoom();
      }
      return accept(request, parameters, upload);
    }
  }

  private HttpResponse<?> accept(
      HttpRequest<?> request, BillingImport.Parameters parameters, InputStream body)
      throws IOException {
    UUID id = TaskLifecycle.newId();
    Upload upload = uploads.keep(id, body, Math.max(0, request.getContentLength()));
    AtomicBoolean asked = new AtomicBoolean();
    try {
      return answers.once(
          request,
          List.of(parameters, upload),
          () -> {
            asked.set(true);
            return AcceptedTask.answer(lifecycle.accept(id, type, parameters.of(upload.bytes())));
          });
    } finally {
      // Once it was asked for, it may stand, also where that failed: a commit can be lost on
      // its way back. Then the sweeper knows.
      if (!asked.get()) {
        uploads.discard(id);
      }
    }
  }

  /**
   * Accepts a task that takes back what an import brought; there is one at most that succeeds.
   *
   * @throws NotUndoable if the task is no import, or stored nothing
   * @throws AlreadyUndone if another task does that, or did
   * @throws io.tallyman.billing.task.DuplicateTask if another was accepted at this very moment
   */
  @Post("/{id}/undo")
  HttpResponse<?> undo(HttpRequest<?> request, UUID id) {
    return answers.once(request, id, () -> AcceptedTask.answer(accept(id)));
  }

  private Task accept(UUID id) {
    if (!type.hasStored(lifecycle.find(id))) {
      throw new NotUndoable(id);
    }
    Optional<UUID> earlier = undo.of(id);
    if (earlier.isPresent()) {
      throw new AlreadyUndone(id, earlier.get());
    }
    return lifecycle.accept(TaskLifecycle.newId(), undo, new ImportUndo.Parameters(id));
  }
}
