package io.tallyman.worker.intake;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.detect.Detection;
import io.tallyman.worker.intake.detect.Detector;
import io.tallyman.worker.task.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Inspects files for the gateway, beside the tasks. At most {@value #MOST} files are inspected at
 * once: each needs a few MiB of heap.
 */
@Controller("/internal/inspections")
@ExecuteOn(TaskExecutors.BLOCKING)
final class InspectionController {
  private static final int MOST = 2;
  private static final int MOST_BYTES = 1024 * 1024;

  private final Semaphore places = new Semaphore(MOST);
  private final JsonMapper json;

  InspectionController(JsonMapper json) {
    this.json = json;
  }

  /** The file is no CSV, or has no header. */
  private static final class UnreadableFile extends Refusal {
    private static final ProblemType TYPE =
        new ProblemType(
            "unreadable-file", "The file cannot be inspected", HttpStatus.UNPROCESSABLE_ENTITY);
    private static final long serialVersionUID = 1L;

    UnreadableFile(BadInput bad) {
      super(TYPE, bad.fault().detail());
    }
  }

  private static final class Busy extends Refusal {
    private static final ProblemType TYPE =
        new ProblemType(
            "inspections-busy", "Too many files are inspected", HttpStatus.SERVICE_UNAVAILABLE);
    private static final long serialVersionUID = 1L;

    Busy() {
      super(TYPE, "Too many files are inspected at this moment. Try again.");
    }
  }

  /**
   * The body is the beginning of the file, plain or gzip: at most {@value #MOST_BYTES} bytes.
   *
   * @param complete whether that is the whole file
   * @param options the known options, the JSON of {@link ImportParameters}; null if there are none
   */
  @Post
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  Detection inspect(
      @QueryValue boolean complete,
      @Nullable @QueryValue String options,
      ServerHttpRequest<?> request)
      throws IOException {
    if (!places.tryAcquire()) {
      throw new Busy();
    }
    try (InputStream beginning = request.byteBody().move().toInputStream()) {
      byte[] bytes = beginning.readNBytes(MOST_BYTES);
      return Detector.inspect(bytes, complete, given(options)).detection();
    } catch (BadInput bad) {
      throw new UnreadableFile(bad);
    } finally {
      places.release();
    }
  }

  private ImportParameters given(@Nullable String options) throws IOException {
    return options == null
        ? ImportParameters.OURS
        : Objects.requireNonNull(json.readValue(options, ImportParameters.class));
  }
}
