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
import io.tallyman.billing.duplicate.ImportDuplicates;
import io.tallyman.billing.profile.ImportProfiles;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.task.AcceptedTask;
import io.tallyman.billing.task.TaskLifecycle;
import io.tallyman.billing.task.TaskLimit;
import io.tallyman.billing.upload.Uploads;
import io.tallyman.billing.upload.Uploads.Upload;
import io.tallyman.kit.idempotency.KeptAnswers;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private final ImportDuplicates duplicates;
  private final ImportProfiles profiles;
  private final TaskLifecycle lifecycle;
  private final TaskLimit taskLimit;
  private final KeptAnswers answers;

  ImportController(
      Uploads uploads,
      BillingImport type,
      ImportUndo undo,
      ImportDuplicates duplicates,
      ImportProfiles profiles,
      TaskLifecycle lifecycle,
      TaskLimit taskLimit,
      KeptAnswers answers) {
    this.uploads = uploads;
    this.type = type;
    this.undo = undo;
    this.duplicates = duplicates;
    this.profiles = profiles;
    this.lifecycle = lifecycle;
    this.taskLimit = taskLimit;
    this.answers = answers;
  }

  /** Stores the upload before it accepts the task, so that no task lacks its upload. */
  @Post
  @Consumes(MediaType.TEXT_CSV)
  HttpResponse<?> submit(
      HttpRequest<?> request,
      @RequestBean FileOptions options,
      @RequestBean ImportQuery query,
      @RequestBean SheetOptions sheet,
      @Nullable @Header(HttpHeaders.CONTENT_ENCODING) String encoding,
      @Nullable @Body InputStream body)
      throws IOException {
    // Closing the body discards a refused upload. An unread body would block the connection.
    try (InputStream upload = body == null ? InputStream.nullInputStream() : body) {
      if (encoding != null && !ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
        throw new UnsupportedUpload(
            "Content-Encoding " + encoding + " is not supported. Send gzip, or no encoding.");
      }
      Map<String, String> kept =
          query.profile() == null ? Map.of() : profiles.options(query.profile());
      BillingImport.Parameters parameters =
          correcting(query.or(kept).parameters(options.or(kept), sheet.or(kept), charset(request)));
      // A repeated request has its answer already, but must be read: its digest tells if it is the
      // same.
      if (!answers.has(request)) {
        taskLimit.requireRoom();
      }
      return accept(request, parameters, upload);
    }
  }

  /**
   * The charset that {@code Content-Type} names; null if it names none.
   *
   * @throws UnsupportedUpload if it is unknown
   */
  private static @Nullable Charset charset(HttpRequest<?> request) {
    try {
      return request
          .getContentType()
          .flatMap(type -> type.getParameters().get("charset"))
          .map(Charset::forName)
          .orElse(null);
    } catch (IllegalArgumentException unknown) {
      throw new UnsupportedUpload(
          "The charset of Content-Type is not supported. Leave it out, and use charset= in the"
              + " query.");
    }
  }

  /**
   * A correction of a correction corrects the first import.
   *
   * @throws NotCorrectable if the corrected task is not an import that stored billings, or is
   *     undone
   */
  private BillingImport.Parameters correcting(BillingImport.Parameters parameters) {
    UUID corrects = parameters.corrects();
    if (corrects == null) {
      return parameters;
    }
    UUID first = BillingImport.firstImport(lifecycle.find(corrects));
    if (!type.hasStored(lifecycle.find(first)) || undo.of(first).isPresent()) {
      throw new NotCorrectable(first);
    }
    return parameters.correcting(first);
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
      // Once the task was asked for, it may exist even if that failed, because the answer to a
      // commit can be lost. Then the sweeper decides about the upload.
      if (!asked.get()) {
        uploads.discard(id);
      }
    }
  }

  /**
   * Accepts a task that reads the file of a failed or revoked import again, with further options.
   *
   * @throws NotAnImport if the task is of another type
   */
  @Post("/{id}/retry")
  HttpResponse<?> retry(HttpRequest<?> request, UUID id, @RequestBean FileOptions options)
      throws IOException {
    List<FieldError> faults = new ArrayList<>();
    FileFormat more = options.read(faults);
    if (!faults.isEmpty()) {
      throw new InvalidFields(faults);
    }
    return answers.once(request, List.of(id, more), () -> AcceptedTask.answer(retry(id, more)));
  }

  private Task retry(UUID id, FileFormat more) throws IOException {
    Task failed = lifecycle.find(id);
    if (!failed.task().equals(BillingImport.NAME)) {
      throw new NotAnImport(id);
    }
    return lifecycle.retry(id, type.parameters(failed).with(more));
  }

  /**
   * Accepts a task that undoes an import. At most one such task succeeds.
   *
   * @throws NotUndoable if the task is not an import that stored billings
   * @throws AlreadyUndone if another task undoes the import or has undone it
   * @throws io.tallyman.billing.task.DuplicateTask if another undo was accepted at the same moment
   */
  @Post("/{id}/undo")
  HttpResponse<?> undo(HttpRequest<?> request, UUID id) {
    return answers.once(request, id, () -> AcceptedTask.answer(accept(id)));
  }

  /**
   * Accepts a task that writes a sheet of the duplicates of an import.
   *
   * @throws NoDuplicates if the task is not an import that stored billings and has ended
   */
  @Post("/{id}/duplicates")
  HttpResponse<?> duplicates(HttpRequest<?> request, UUID id, @RequestBean SheetOptions sheet) {
    ImportDuplicates.Parameters parameters = new ImportDuplicates.Parameters(id, sheet.format());
    return answers.once(
        request,
        List.of("duplicates", parameters),
        () -> {
          if (!type.hasStored(lifecycle.find(id))) {
            throw new NoDuplicates(id);
          }
          return AcceptedTask.answer(
              lifecycle.accept(TaskLifecycle.newId(), duplicates, parameters));
        });
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
