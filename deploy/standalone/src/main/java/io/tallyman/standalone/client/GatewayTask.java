package io.tallyman.standalone.client;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A task of the API, with the fields that the launcher needs. */
public record GatewayTask(
    String taskId,
    String task,
    String status,
    @Nullable Progress progress,
    @Nullable JsonNode result,
    @Nullable Problem error) {

  record Progress(@Nullable String phase, @Nullable String unit, long done, @Nullable Long total) {}

  record Problem(@Nullable String title, @Nullable String detail) {}

  public record ImportResult(long rows, long imported, long refused, long duplicates) {}

  public record SheetResult(
      String sheetId, String fileName, long rows, List<Total> totals, long bytes, String sha256) {}

  public record Total(String currency, BigDecimal payable) {}

  boolean hasEnded() {
    return switch (status) {
      case "SUCCESS", "FAILURE", "REVOKED" -> true;
      default -> false;
    };
  }

  boolean hasSucceeded() {
    return status.equals("SUCCESS");
  }

  /** Status and progress, in one line. */
  String describe() {
    if (progress == null || progress.done() == 0) {
      return status;
    }
    String unit = progress.unit() == null ? "" : " " + progress.unit();
    String phase = progress.phase() == null ? "" : " " + progress.phase();
    if (progress.total() == null || progress.total() == 0) {
      return "%s%s %,d%s".formatted(status, phase, progress.done(), unit);
    }
    return "%s%s %,d of %,d%s (%d%%)"
        .formatted(
            status,
            phase,
            progress.done(),
            progress.total(),
            unit,
            100 * progress.done() / progress.total());
  }
}
