package io.tallyman.billing.sheet;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.UUID;

@Controller("/sheets/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
class SheetController {
  private static final String CSV = "text/csv; charset=utf-8; header=present";
  private static final MediaType CSV_TYPE = MediaType.of(CSV);

  private final Sheets sheets;
  private final Store store;

  SheetController(Sheets sheets, Store store) {
    this.sheets = sheets;
    this.store = store;
  }

  @Get
  Sheet show(UUID id) {
    return sheets.find(id);
  }

  /** The whole file, as a stream. A HEAD would open one that nobody closes, so there is none. */
  @Get(uri = "/content", headRoute = false)
  @Produces(CSV)
  HttpResponse<StreamedFile> content(UUID id) throws IOException {
    Sheet sheet = sheets.find(id);
    String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sheet.sha256()));
    return HttpResponse.ok(file(sheet))
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + sheet.fileName() + '"')
        .header(HttpHeaders.ETAG, '"' + sheet.sha256() + '"')
        .header("Repr-Digest", "sha-256=:" + digest + ":");
  }

  private StreamedFile file(Sheet sheet) throws IOException {
    String file = sheets.file(sheet.sheetId());
    // A shorter file under the promised length would keep the client waiting for the rest.
    if (!store.size(file).equals(OptionalLong.of(sheet.bytes()))) {
      throw new SheetGone(sheet.sheetId());
    }
    return new StreamedFile(
        store.read(file), CSV_TYPE, sheet.snapshotAt().toEpochMilli(), sheet.bytes());
  }
}
