package io.tallyman.gateway.dashboard;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;

@Controller
@AllowedFor(Access.PUBLIC)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
class DashboardController {
  private final DashboardFiles files;

  DashboardController(DashboardFiles files) {
    this.files = files;
  }

  /** The only page. Its script reads from the fragment of the address what it shows. */
  @Get
  HttpResponse<byte[]> page(HttpRequest<?> request) {
    return answer(request, "index.html");
  }

  /** Scripts, styles and texts. */
  @Get("/dashboard/{+path}")
  HttpResponse<byte[]> file(HttpRequest<?> request, String path) {
    return answer(request, path);
  }

  /**
   * Browsers keep a file and ask each time whether it has changed, so an update needs no names with
   * versions.
   */
  private HttpResponse<byte[]> answer(HttpRequest<?> request, String path) {
    DashboardFile file = files.find(path).orElse(null);
    if (file == null) {
      return HttpResponse.notFound();
    }
    HttpHeaders asked = request.getHeaders();
    MutableHttpResponse<byte[]> answer =
        file.etag().equals(asked.get(HttpHeaders.IF_NONE_MATCH))
            ? HttpResponse.notModified()
            : content(file, asked.get(HttpHeaders.ACCEPT_ENCODING, String.class, ""));
    return answer
        .header(HttpHeaders.ETAG, file.etag())
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
  }

  private static MutableHttpResponse<byte[]> content(DashboardFile file, String encodings) {
    return encodings.contains("gzip")
        ? HttpResponse.ok(file.gzip())
            .header(HttpHeaders.CONTENT_ENCODING, "gzip")
            .contentType(file.type())
        : HttpResponse.ok(file.plain()).contentType(file.type());
  }
}
