package io.tallyman.gateway.sheet;

import io.micronaut.http.ByteBodyHttpResponse;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.upstream.BillingStreams;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The content of sheets. billing-service decides which bytes are sent. A browser may open what it
 * downloads in a spreadsheet, so it gets the profile {@code excel} unless it asks for another one.
 */
@Controller(Api.V1 + "/sheets/{id}/content")
@AllowedFor(Access.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
class ContentController {
  private static final String CSV = "text/csv";
  private static final List<String> ASKED =
      List.of(
          HttpHeaders.RANGE,
          HttpHeaders.IF_RANGE,
          HttpHeaders.IF_MATCH,
          HttpHeaders.IF_NONE_MATCH,
          HttpHeaders.IF_MODIFIED_SINCE,
          HttpHeaders.IF_UNMODIFIED_SINCE);
  private static final List<String> ANSWERED =
      List.of(
          HttpHeaders.CONTENT_TYPE,
          HttpHeaders.CONTENT_LENGTH,
          HttpHeaders.CONTENT_RANGE,
          HttpHeaders.CONTENT_DISPOSITION,
          HttpHeaders.ACCEPT_RANGES,
          HttpHeaders.ETAG,
          HttpHeaders.LAST_MODIFIED,
          "Repr-Digest");

  private final BillingStreams streams;

  ContentController(BillingStreams streams) {
    this.streams = streams;
  }

  /** Streams the sheet or a part of it. */
  @Get(headRoute = false)
  @Produces(CSV)
  HttpResponse<?> send(UUID id, @Nullable @QueryValue String profile, ServerHttpRequest<?> client) {
    ByteBodyHttpResponse<?> sheet =
        streams.download(asked(HttpRequest.GET(content(id, profile, client)), client), client);
    MutableHttpResponse<?> response = described(sheet);
    return sheet.status() == HttpStatus.NOT_MODIFIED ? response : response.body(sheet.byteBody());
  }

  /** Answers with the headers of a GET; billing-service opens no file for it. */
  @Head
  @Produces(CSV)
  HttpResponse<?> describe(
      UUID id, @Nullable @QueryValue String profile, ServerHttpRequest<?> client) {
    return described(
        streams.describe(asked(HttpRequest.HEAD(content(id, profile, client)), client)));
  }

  private static URI content(UUID id, @Nullable String profile, HttpRequest<?> client) {
    UriBuilder content = UriBuilder.of("/sheets/" + id + "/content");
    @Nullable String wanted = profile == null && isOfABrowser(client) ? "excel" : profile;
    return wanted == null ? content.build() : content.queryParam("profile", wanted).build();
  }

  /** Whether a person opened the address in a browser. A script of a page is a program. */
  private static boolean isOfABrowser(HttpRequest<?> client) {
    String accepted = client.getHeaders().get(HttpHeaders.ACCEPT);
    return "navigate".equals(client.getHeaders().get("Sec-Fetch-Mode"))
        || (accepted != null && accepted.contains(MediaType.TEXT_HTML));
  }

  private static MutableHttpRequest<?> asked(
      MutableHttpRequest<?> request, ServerHttpRequest<?> client) {
    ASKED.forEach(
        name ->
            client
                .getHeaders()
                .getAll(name)
                .forEach(value -> request.getHeaders().add(name, value)));
    return request;
  }

  private static MutableHttpResponse<?> described(HttpResponse<?> sheet) {
    MutableHttpResponse<?> response = HttpResponse.status(sheet.status());
    ANSWERED.forEach(
        name ->
            sheet.getHeaders().findFirst(name).ifPresent(value -> response.header(name, value)));
    return response;
  }
}
