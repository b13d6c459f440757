package io.tallyman.gateway.intake;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import io.tallyman.kit.problem.IncompleteBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says how a file would be imported, and imports nothing. */
@Controller(Api.V1 + "/imports/inspect")
@AllowedFor(Access.CLERK)
@ExecuteOn(TaskExecutors.BLOCKING)
class InspectionController {
  private static final int MOST_BYTES = 1024 * 1024;

  private final InspectionClient workers;
  private final InspectionOptionsClient billingService;
  private final JsonMapper json;

  InspectionController(
      InspectionClient workers, InspectionOptionsClient billingService, JsonMapper json) {
    this.workers = workers;
    this.billingService = billingService;
    this.json = json;
  }

  /**
   * Reads only the first MiB of the file.
   *
   * @param profile the name of the profile with options that the query does not give
   */
  @Post
  @Consumes(MediaType.ALL)
  JsonNode inspect(
      @RequestBean FileOptions options,
      @Nullable @QueryValue String profile,
      ServerHttpRequest<?> upload)
      throws IOException {
    // Closing the body discards the rest of the file. An unread body would block the connection.
    try (InputStream file = upload.byteBody().move().toInputStream()) {
      String known = read(options.orCharset(charset(upload)), profile);
      byte[] beginning = file.readNBytes(MOST_BYTES + 1);
      boolean isComplete = beginning.length <= MOST_BYTES;
      return withProfiles(
          workers.inspect(
              isComplete, known, isComplete ? beginning : Arrays.copyOf(beginning, MOST_BYTES)));
    } catch (IOException failure) {
      IncompleteBody.throwIfCauseOf(failure);
      throw failure;
    }
  }

  private static @Nullable String charset(HttpRequest<?> upload) {
    return upload
        .getContentType()
        .flatMap(type -> type.getParameters().get("charset"))
        .orElse(null);
  }

  /** The given options as a worker reads them; null if there are none. */
  private @Nullable String read(FileOptions options, @Nullable String profile) throws IOException {
    return options.equals(FileOptions.NONE) && profile == null
        ? null
        : json.writeValueAsString(billingService.read(options, profile));
  }

  /** Adds the names of the profiles for files with this header. */
  private JsonNode withProfiles(JsonNode found) {
    List<String> header = new ArrayList<>();
    Objects.requireNonNull(found.get("columns"))
        .values()
        .forEach(column -> header.add(Objects.requireNonNull(column.get("name")).getStringValue()));
    Map<String, JsonNode> all = new LinkedHashMap<>();
    found.entries().forEach(field -> all.put(field.getKey(), field.getValue()));
    all.put(
        "profiles",
        JsonNode.createArrayNode(
            billingService.matches(new InspectionOptionsClient.Header(header)).data().stream()
                .map(profile -> JsonNode.createStringNode(profile.name()))
                .toList()));
    return JsonNode.createObjectNode(all);
  }
}
