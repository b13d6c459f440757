package io.tallyman.gateway.intake;

import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.request.Api;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Says how a file would be imported, and imports nothing. */
@Controller(Api.V1 + "/imports/inspect")
@ExecuteOn(TaskExecutors.BLOCKING)
class InspectionController {
  private static final int MOST_BYTES = 1024 * 1024;

  private final InspectionClient workers;

  InspectionController(InspectionClient workers) {
    this.workers = workers;
  }

  /** Reads only the first MiB of the file. */
  @Post
  @Consumes(MediaType.ALL)
  JsonNode inspect(ServerHttpRequest<?> upload) throws IOException {
    try (InputStream file = upload.byteBody().move().toInputStream()) {
      byte[] beginning = file.readNBytes(MOST_BYTES + 1);
      boolean isComplete = beginning.length <= MOST_BYTES;
      return workers.inspect(
          isComplete, isComplete ? beginning : Arrays.copyOf(beginning, MOST_BYTES));
    }
  }
}
