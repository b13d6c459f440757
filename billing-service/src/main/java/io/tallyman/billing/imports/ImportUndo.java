package io.tallyman.billing.imports;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.staging.ImportLock;
import io.tallyman.billing.tasktype.Completion;
import io.tallyman.billing.tasktype.TaskParameters;
import io.tallyman.billing.tasktype.TaskResult;
import io.tallyman.billing.tasktype.TaskType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The task type that undoes an import. All work happens in billing-service when the attempt is
 * completed.
 */
@Singleton
final class ImportUndo implements TaskType<ImportUndo.Parameters> {
  private static final String NAME = "billing.undo_import";

  /** Vendors of the import that nothing uses: without billings and without a manager. */
  private static final String UNUSED =
      """
      FROM vendor v
      WHERE import_id = ? AND manager_id IS NULL
        AND NOT EXISTS (SELECT FROM billing b WHERE b.vendor_id = v.id)
      """;

  private final Jdbi jdbi;

  /**
   * @param importId the id of the import's task
   */
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Parameters(UUID importId) implements TaskParameters {}

  @Serdeable
  record Result(long billingsRemoved, long vendorsRemoved) {}

  ImportUndo(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Undoes an import: deletes the billings that it added, and the vendors that it added if"
        + " nothing else uses them. Submit it with POST /imports/{id}/undo.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public boolean submittable() {
    return false;
  }

  @Override
  public String auditedAs(Parameters parameters) {
    return "import.undone";
  }

  @Override
  public boolean completesAlone() {
    return true;
  }

  @Override
  public TaskResult complete(Handle transaction, Completion completion, JsonMapper json)
      throws IOException {
    UUID id = json.readValueFromTree(completion.parameters(), Parameters.class).importId();
    ImportLock.take(transaction);
    int billings = transaction.execute("DELETE FROM billing WHERE import_id = ?", id);
    int vendors = removeVendors(transaction, id);
    return new TaskResult.Succeeded(json.writeValueToTree(new Result(billings, vendors)));
  }

  /** The task that undoes the import or has undone it; empty if there is none. */
  Optional<UUID> of(UUID importId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id FROM task
                    WHERE task = :task AND parameters ->> 'import_id' = :importId
                      AND status NOT IN ('FAILURE', 'REVOKED')
                    """)
                .bind("task", NAME)
                .bind("importId", importId.toString())
                .mapTo(UUID.class)
                .findOne());
  }

  /**
   * Deletes the unused vendors. They are locked first: that waits for transactions that are adding
   * billings for them, so that the DELETE sees these billings.
   */
  private static int removeVendors(Handle transaction, UUID id) {
    transaction.execute("SELECT count(*) FROM (SELECT " + UNUSED + " FOR UPDATE) AS locked", id);
    return transaction.execute("DELETE " + UNUSED, id);
  }
}
