package io.tallyman.gateway.audit;

import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.body.stream.InputStreamByteBody;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.audit.AuditEvent.Position;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.request.LinkedPage;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import jakarta.inject.Named;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The audit log of all services: as a list, or as a sheet. */
@Controller(Api.V1 + "/audit-events")
@AllowedFor(Access.ADMIN)
@ExecuteOn(TaskExecutors.BLOCKING)
class AuditEventController {
  private static final String CSV = "text/csv";

  private final MergedEvents events;
  private final CsvLine line;
  private final ExecutorService reading;

  AuditEventController(
      MergedEvents events, CsvLine line, @Named(TaskExecutors.BLOCKING) ExecutorService reading) {
    this.events = events;
    this.line = line;
    this.reading = reading;
  }

  /**
   * The client chooses with {@code Accept}; a list is the default.
   *
   * @param limit and {@code cursor} are read from {@code page}
   */
  @Get
  @Produces({MediaType.APPLICATION_JSON, CSV})
  HttpResponse<?> list(
      @RequestBean AuditFilter filter,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor,
      PageRequest page,
      ServerHttpRequest<?> request) {
    @Nullable Position after = cursor == null ? null : AuditCursor.read(cursor, filter);
    return wantsSheet(request)
        ? sheet(after, filter, request)
        : LinkedPage.of(page(after, filter, page.limit()), request)
            .toMutableResponse()
            .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private Page<AuditEvent> page(@Nullable Position after, AuditFilter filter, int limit) {
    List<AuditEvent> found = events.after(after, filter, limit + 1);
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<AuditEvent> data = List.copyOf(found.subList(0, limit));
    return new Page<>(data, AuditCursor.write(data.getLast().position(), filter));
  }

  private HttpResponse<?> sheet(
      @Nullable Position after, AuditFilter filter, ServerHttpRequest<?> request) {
    AuditSheet sheet =
        new AuditSheet(
            (position, count) -> events.after(position, filter, count),
            line,
            after,
            PropagatedContext.getOrEmpty());
    return HttpResponse.ok(
            InputStreamByteBody.create(
                sheet, OptionalLong.empty(), reading, request.byteBodyFactory()))
        .header(HttpHeaders.CONTENT_TYPE, CSV + "; charset=utf-8; header=present")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-events.csv\"");
  }

  /** A generated client accepts everything that the contract names, and expects the list. */
  private static boolean wantsSheet(ServerHttpRequest<?> request) {
    Collection<MediaType> accepted = request.accept();
    return accepted.stream().anyMatch(type -> type.matches(MediaType.of(CSV)))
        && accepted.stream().noneMatch(MediaType.APPLICATION_JSON_TYPE::matches)
        && accepted.stream().noneMatch(MediaType.ALL_TYPE::equals);
  }
}
