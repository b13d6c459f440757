package io.tallyman.billing.sheet;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.stream.InputStreamByteBody;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.sheet.RequestedRange.Part;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

/** Serves the bytes of sheets, with ranges and conditional requests (RFC 9110). */
@Controller("/sheets/{id}/content")
@ExecuteOn(TaskExecutors.BLOCKING)
class ContentController {
  private static final String CSV = "text/csv; charset=utf-8; header=present";

  private final Sheets sheets;
  private final Store store;
  private final ExecutorService reading;

  ContentController(
      Sheets sheets, Store store, @Named(TaskExecutors.BLOCKING) ExecutorService reading) {
    this.sheets = sheets;
    this.store = store;
    this.reading = reading;
  }

  @Get(headRoute = false)
  @Produces(CSV)
  HttpResponse<?> send(UUID id, ServerHttpRequest<?> request) throws IOException {
    Sheet sheet = findWhole(id);
    if (isHad(sheet, request)) {
      return notModified(sheet);
    }
    return switch (range(sheet, request)) {
      case RequestedRange.Whole _ ->
          described(sheet).body(body(sheet, new Part(0, sheet.bytes() - 1), request));
      case Part part ->
          described(sheet)
              .status(HttpStatus.PARTIAL_CONTENT)
              .header(
                  HttpHeaders.CONTENT_RANGE,
                  "bytes %d-%d/%d".formatted(part.first(), part.last(), sheet.bytes()))
              .body(body(sheet, part, request));
      case RequestedRange.Beyond _ -> throw new RangeNotSatisfiable(sheet.bytes());
    };
  }

  /** Answers like GET, but without the bytes. A {@code Range} is ignored. */
  @Head
  @Produces(CSV)
  HttpResponse<?> describe(UUID id, ServerHttpRequest<?> request) throws IOException {
    Sheet sheet = findWhole(id);
    return isHad(sheet, request)
        ? notModified(sheet)
        : described(sheet).contentLength(sheet.bytes());
  }

  /**
   * @throws SheetGone if the file is missing or has another size; with a shorter file than promised
   *     the client would wait for the rest
   */
  private Sheet findWhole(UUID id) throws IOException {
    Sheet sheet = sheets.find(id);
    if (!store.size(sheets.file(id)).equals(OptionalLong.of(sheet.bytes()))) {
      throw new SheetGone(id);
    }
    return sheet;
  }

  private static boolean isHad(Sheet sheet, ServerHttpRequest<?> request) {
    Validators validators = Validators.of(sheet);
    if (validators.forbid(request.getHeaders())) {
      throw new SheetChanged(validators);
    }
    return validators.matchWhatItHas(request.getHeaders());
  }

  private static RequestedRange range(Sheet sheet, ServerHttpRequest<?> request) {
    return Validators.of(sheet).allowPart(request.getHeaders())
        ? RequestedRange.of(request.getHeaders().getAll(HttpHeaders.RANGE), sheet.bytes())
        : new RequestedRange.Whole();
  }

  private static HttpResponse<?> notModified(Sheet sheet) {
    Validators validators = Validators.of(sheet);
    return HttpResponse.notModified()
        .header(HttpHeaders.ETAG, validators.etag())
        .header(HttpHeaders.LAST_MODIFIED, validators.lastModifiedHeader());
  }

  private static MutableHttpResponse<ByteBody> described(Sheet sheet) {
    Validators validators = Validators.of(sheet);
    String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sheet.sha256()));
    return HttpResponse.<ByteBody>ok()
        .header(HttpHeaders.CONTENT_TYPE, CSV)
        .header(HttpHeaders.CONTENT_DISPOSITION, Attachment.named(sheet.fileName()))
        .header(HttpHeaders.ACCEPT_RANGES, "bytes")
        .header(HttpHeaders.ETAG, validators.etag())
        .header(HttpHeaders.LAST_MODIFIED, validators.lastModifiedHeader())
        .header("Repr-Digest", "sha-256=:" + digest + ":");
  }

  private ByteBody body(Sheet sheet, Part part, ServerHttpRequest<?> request) throws IOException {
    try {
      InputStream bytes = store.read(sheets.file(sheet.sheetId()), part.first(), part.length());
      return InputStreamByteBody.create(
          bytes, OptionalLong.of(part.length()), reading, request.byteBodyFactory());
    } catch (NoSuchFileException sweptMeanwhile) {
      throw new SheetGone(sheet.sheetId());
    }
  }
}
