package io.tallyman.gateway.sheet;

import io.micronaut.http.ByteBodyHttpResponse;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.body.ByteBody;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.upstream.BillingStreams;
import java.util.List;
import java.util.UUID;

@Controller("/api/v1/sheets/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
class SheetController {
  private static final List<String> PASSED_ON =
      List.of(
          HttpHeaders.CONTENT_TYPE,
          HttpHeaders.CONTENT_LENGTH,
          HttpHeaders.CONTENT_DISPOSITION,
          HttpHeaders.ETAG,
          "Repr-Digest");

  private final SheetClient sheets;
  private final BillingStreams streams;

  SheetController(SheetClient sheets, BillingStreams streams) {
    this.sheets = sheets;
    this.streams = streams;
  }

  @Get
  Sheet show(UUID id) {
    return sheets.show(id);
  }

  /** The whole sheet, as a stream. A HEAD would open one that nobody closes, so there is none. */
  @Get(uri = "/content", headRoute = false)
  @Produces("text/csv")
  HttpResponse<ByteBody> content(UUID id, ServerHttpRequest<?> client) {
    ByteBodyHttpResponse<?> sheet =
        streams.download(HttpRequest.GET("/sheets/" + id + "/content"), client);
    MutableHttpResponse<ByteBody> response = HttpResponse.ok(sheet.byteBody());
    PASSED_ON.forEach(
        name ->
            sheet.getHeaders().findFirst(name).ifPresent(value -> response.header(name, value)));
    return response;
  }
}
