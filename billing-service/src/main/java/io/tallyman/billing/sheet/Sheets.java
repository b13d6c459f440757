package io.tallyman.billing.sheet;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.json.JsonMapper;
import io.tallyman.billing.expiry.Tombstones;
import io.tallyman.billing.store.SheetStore;
import io.tallyman.billing.store.StoreNames;
import io.tallyman.kit.problem.Refusal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The manifests of finished sheets. */
@Singleton
public final class Sheets {
  private final Manifests manifests;
  private final SheetStore store;
  private final Tombstones tombstones;
  private final JsonMapper json;

  Sheets(Manifests manifests, SheetStore store, Tombstones tombstones, JsonMapper json) {
    this.manifests = manifests;
    this.store = store;
    this.tombstones = tombstones;
    this.json = json;
  }

  /**
   * A sheet that is in the store.
   *
   * @param file the name of its file there
   */
  public record StoredSheet(String file, WrittenSheet sheet) {}

  /**
   * Finds the sheet of an attempt in the store.
   *
   * @throws SheetMissing if it is absent or has another size
   */
  public StoredSheet require(UUID taskId, int attempt, WrittenSheet sheet) {
    try {
      String file = store.locate(StoreNames.sheet(taskId, attempt));
      if (!store.size(file).equals(OptionalLong.of(sheet.bytes()))) {
        throw new SheetMissing(file, sheet.bytes());
      }
      return new StoredSheet(file, sheet);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Inserts the manifest of a sheet.
   *
   * @return the new sheet's id
   */
  public UUID add(Handle transaction, UUID taskId, StoredSheet stored, Duration retention) {
    UUID id = UuidCreator.getTimeOrderedEpoch();
    WrittenSheet sheet = stored.sheet();
    try {
      transaction
          .createUpdate(
              """
              INSERT INTO sheet
                (id, task_id, file, file_name, columns, rows, totals, bytes, sha256,
                 snapshot_at, expires_at)
              VALUES
                (:id, :taskId, :file, :fileName, :columns, :rows, :totals, :bytes, :sha256,
                 :snapshotAt, now() + :retention)
              """)
          .bind("id", id)
          .bind("taskId", taskId)
          .bind("file", stored.file())
          .bind("fileName", sheet.fileName())
          .bind("columns", json.writeValueToTree(sheet.columns()))
          .bind("rows", sheet.rows())
          .bind("totals", json.writeValueToTree(sheet.totals()))
          .bind("bytes", sheet.bytes())
          .bind("sha256", sheet.sha256())
          .bind("snapshotAt", sheet.snapshotAt())
          .bind("retention", retention)
          .execute();
      return id;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * @throws Refusal if it expired or does not exist
   */
  public Sheet find(UUID id) {
    return manifests.findById(id).orElseThrow(() -> absence(id));
  }

  /**
   * The name of a sheet's file in the store.
   *
   * @throws Refusal if it has expired, or there is none
   */
  public String file(UUID id) {
    return manifests.findFile(id).orElseThrow(() -> absence(id));
  }

  private Refusal absence(UUID id) {
    return tombstones.absence(id, new UnknownSheet(id));
  }
}
