package io.tallyman.billing.staging;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The file that the rows of an import belong to. Rows of a correction belong to the file of the
 * import that it corrects.
 *
 * @param isCorrection whether the import corrects another one
 * @param imports the other imports of the same file: the corrected one and its other corrections;
 *     empty unless the import corrects one
 */
record ImportedFile(boolean isCorrection, List<UUID> imports) {
  static ImportedFile of(Handle transaction, UUID taskId) {
    Optional<UUID> corrected =
        transaction
            .createQuery("SELECT (parameters ->> 'corrects')::uuid FROM task WHERE id = :taskId")
            .bind("taskId", taskId)
            .mapTo(UUID.class)
            .findOne();
    return corrected
        .map(first -> new ImportedFile(true, imports(transaction, first, taskId)))
        .orElseGet(() -> new ImportedFile(false, List.of()));
  }

  private static List<UUID> imports(Handle transaction, UUID first, UUID taskId) {
    return transaction
        .createQuery(
            """
            SELECT :first
            UNION ALL
            SELECT id FROM task
            WHERE task = 'billing.import' AND parameters ->> 'corrects' = :corrects
              AND id <> :taskId
            """)
        .bind("first", first)
        .bind("corrects", first.toString())
        .bind("taskId", taskId)
        .mapTo(UUID.class)
        .list();
  }

  /** Binds {@code :imports}. */
  <S extends SqlStatement<S>> S in(S statement) {
    return statement.bindArray("imports", UUID.class, imports);
  }
}
