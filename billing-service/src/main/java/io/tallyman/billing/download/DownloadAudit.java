package io.tallyman.billing.download;

import io.tallyman.billing.download.RequestedRange.Part;
import io.tallyman.billing.sheet.Sheet;
import io.tallyman.kit.audit.Sender;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** Writes to the audit log who downloads which sheet in which format. */
@Singleton
final class DownloadAudit {
  private final Jdbi jdbi;

  DownloadAudit(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A download begins, of the whole sheet or of a part. The client may not read it to the end.
   *
   * @param profile {@code raw} or {@code excel}
   */
  void begun(Sheet sheet, Part part, String profile) {
    Sender sender = Sender.current();
    jdbi.useTransaction(
        transaction ->
            transaction
                .createUpdate(
                    """
                    INSERT INTO audit_event
                      (who, who_name, what, kind, which, address, request_id, details)
                    VALUES (:who, :whoName, 'sheet.downloaded', 'sheet', :sheet, :address,
                      :requestId, jsonb_strip_nulls(jsonb_build_object(
                        'file_name', :fileName::text, 'task_id', :task::text,
                        'profile', :profile::text,
                        'format', (SELECT parameters -> 'format' FROM task WHERE id = :task),
                        'first_byte', :first::bigint, 'bytes', :length::bigint)))
                    """)
                .bindMethods(sender)
                .bind("sheet", sheet.sheetId().toString())
                .bind("fileName", sheet.fileName())
                .bind("task", sheet.taskId())
                .bind("profile", profile)
                .bind("first", part.first())
                .bind("length", part.length())
                .execute());
  }
}
