package io.tallyman.billing.download;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.stream.InputStreamByteBody;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.download.RequestedRange.Part;
import io.tallyman.billing.sheet.Sheet;
import io.tallyman.billing.sheet.SheetBytes;
import io.tallyman.billing.sheet.Sheets;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Sends the bytes of sheets: all, a part, or none if the client has them already. With the profile
 * {@code excel}, the sheet is made safe for spreadsheets while it is sent, so its length is not
 * known before, and it has no parts.
 */
@Controller("/sheets/{id}/content")
@ExecuteOn(TaskExecutors.BLOCKING)
class ContentController {
  private static final String CSV = "text/csv; charset=utf-8; header=present";

  private final Sheets sheets;
  private final DownloadAudit audit;
  private final ExecutorService reading;

  ContentController(
      Sheets sheets, DownloadAudit audit, @Named(TaskExecutors.BLOCKING) ExecutorService reading) {
    this.sheets = sheets;
    this.audit = audit;
    this.reading = reading;
  }

  @Get(headRoute = false)
  @Produces(CSV)
  HttpResponse<?> send(UUID id, @Nullable @QueryValue String profile, ServerHttpRequest<?> request)
      throws IOException {
    boolean isSafe = isSafe(profile);
    Sheet sheet = sheets.find(id);
    SheetBytes bytes = findWhole(sheet);
    Validators validators = validators(sheet, isSafe);
    if (isCached(validators, request)) {
      return notModified(validators);
    }
    if (isSafe) {
      return described(sheet, validators)
          .header(HttpHeaders.ACCEPT_RANGES, "none")
          .body(safeBody(sheet, bytes, request));
    }
    return switch (range(sheet, request)) {
      case RequestedRange.Whole _ ->
          describedBytes(sheet).body(body(sheet, bytes, new Part(0, sheet.bytes() - 1), request));
      case Part part ->
          describedBytes(sheet)
              .status(HttpStatus.PARTIAL_CONTENT)
              .header(
                  HttpHeaders.CONTENT_RANGE,
                  "bytes %d-%d/%d".formatted(part.first(), part.last(), sheet.bytes()))
              .body(body(sheet, bytes, part, request));
      case RequestedRange.Beyond _ -> throw new RangeNotSatisfiable(sheet.bytes());
    };
  }

  /** Answers like a GET, but without the bytes. A {@code Range} is ignored. */
  @Head
  @Produces(CSV)
  HttpResponse<?> describe(
      UUID id, @Nullable @QueryValue String profile, ServerHttpRequest<?> request)
      throws IOException {
    boolean isSafe = isSafe(profile);
    Sheet sheet = sheets.find(id);
    findWhole(sheet);
    Validators validators = validators(sheet, isSafe);
    if (isCached(validators, request)) {
      return notModified(validators);
    }
    return isSafe
        ? described(sheet, validators).header(HttpHeaders.ACCEPT_RANGES, "none")
        : describedBytes(sheet).contentLength(sheet.bytes());
  }

  private static boolean isSafe(@Nullable String profile) {
    return switch (profile) {
      case null -> false;
      case "raw" -> false;
      case "excel" -> true;
      default ->
          throw new InvalidFields(List.of(new FieldError("?profile", "must be raw or excel")));
    };
  }

  private static Validators validators(Sheet sheet, boolean isSafe) {
    return isSafe ? Validators.ofSafe(sheet) : Validators.of(sheet);
  }

  /**
   * @throws SheetGone if the bytes are missing or too few or too many. With too few, the client
   *     would wait for bytes that never come.
   */
  private SheetBytes findWhole(Sheet sheet) throws IOException {
    SheetBytes bytes = sheets.bytes(sheet.sheetId());
    if (!bytes.size().equals(OptionalLong.of(sheet.bytes()))) {
      throw new SheetGone(sheet.sheetId());
    }
    return bytes;
  }

  private static boolean isCached(Validators validators, ServerHttpRequest<?> request) {
    if (validators.forbid(request.getHeaders())) {
      throw new SheetChanged(validators);
    }
    return validators.matchCached(request.getHeaders());
  }

  private static RequestedRange range(Sheet sheet, ServerHttpRequest<?> request) {
    return Validators.of(sheet).allowPart(request.getHeaders())
        ? RequestedRange.of(request.getHeaders().getAll(HttpHeaders.RANGE), sheet.bytes())
        : new RequestedRange.Whole();
  }

  private static HttpResponse<?> notModified(Validators validators) {
    return HttpResponse.notModified()
        .header(HttpHeaders.ETAG, validators.etag())
        .header(HttpHeaders.LAST_MODIFIED, validators.lastModifiedHeader());
  }

  private static MutableHttpResponse<ByteBody> describedBytes(Sheet sheet) {
    String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sheet.sha256()));
    return described(sheet, Validators.of(sheet))
        .header(HttpHeaders.ACCEPT_RANGES, "bytes")
        .header("Repr-Digest", "sha-256=:" + digest + ":");
  }

  private static MutableHttpResponse<ByteBody> described(Sheet sheet, Validators validators) {
    return HttpResponse.<ByteBody>ok()
        .header(HttpHeaders.CONTENT_TYPE, CSV)
        .header(HttpHeaders.CONTENT_DISPOSITION, Attachment.named(sheet.fileName()))
        .header(HttpHeaders.ETAG, validators.etag())
        .header(HttpHeaders.LAST_MODIFIED, validators.lastModifiedHeader());
  }

  private ByteBody body(Sheet sheet, SheetBytes bytes, Part part, ServerHttpRequest<?> request)
      throws IOException {
    return InputStreamByteBody.create(
        read(sheet, bytes, part, "raw"),
        OptionalLong.of(part.length()),
        reading,
        request.byteBodyFactory());
  }

  private ByteBody safeBody(Sheet sheet, SheetBytes bytes, ServerHttpRequest<?> request)
      throws IOException {
    InputStream whole = read(sheet, bytes, new Part(0, sheet.bytes() - 1), "excel");
    return InputStreamByteBody.create(
        SpreadsheetStream.of(whole, types(sheet)),
        OptionalLong.empty(),
        reading,
        request.byteBodyFactory());
  }

  private static List<String> types(Sheet sheet) {
    List<String> types = new ArrayList<>();
    sheet
        .columns()
        .values()
        .forEach(column -> types.add(Objects.requireNonNull(column.get("type")).getStringValue()));
    return types;
  }

  private InputStream read(Sheet sheet, SheetBytes bytes, Part part, String profile)
      throws IOException {
    InputStream opened =
        bytes.read(part.first(), part.length()).orElseThrow(() -> new SheetGone(sheet.sheetId()));
    audit.begun(sheet, part, profile);
    return opened;
  }
}
