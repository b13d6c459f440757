package io.tallyman.billing.sheet;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.access.Visible;
import io.tallyman.billing.expiry.Tombstones;
import io.tallyman.billing.state.TaskTransitions.Also;
import io.tallyman.billing.store.SheetStore;
import io.tallyman.billing.store.StoreNames;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.Refusal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The manifests of finished sheets. */
@Singleton
public final class Sheets {
  private static final String INSERT =
      """
      INSERT INTO sheet
        (id, task_id, file, content, file_name, columns, rows, totals, bytes, sha256,
         snapshot_at, expires_at)
      SELECT id, task_id, file, decode(content, 'base64'), file_name, columns, rows, totals, bytes,
        sha256, snapshot_at, now() + :retention
      FROM jsonb_to_recordset(:manifests) AS manifest
        (id uuid, task_id uuid, file text, content text, file_name text, columns jsonb,
         rows bigint, totals jsonb, bytes bigint, sha256 text, snapshot_at timestamptz)
      """;

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
   * A sheet that is complete.
   *
   * @param file the name of its file in the store; null if its bytes came with it
   */
  public record StoredSheet(@Nullable String file, WrittenSheet sheet) {}

  /**
   * Finds the sheet of an attempt in the store, unless its bytes came with it.
   *
   * @throws SheetMissing if it is absent or has another size
   */
  public StoredSheet require(UUID taskId, int attempt, WrittenSheet sheet) {
    if (sheet.content() != null) {
      return requireWhole(sheet, sheet.content());
    }
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

  private static StoredSheet requireWhole(WrittenSheet sheet, String content) {
    byte[] bytes = decode(content);
    if (bytes.length != sheet.bytes()) {
      throw new InvalidFields(
          List.of(
              new FieldError(
                  "/sheet/content",
                  "has %d bytes instead of %d".formatted(bytes.length, sheet.bytes()))));
    }
    return new StoredSheet(null, sheet);
  }

  private static byte[] decode(String content) {
    try {
      return Base64.getDecoder().decode(content);
    } catch (IllegalArgumentException _) {
      throw new InvalidFields(List.of(new FieldError("/sheet/content", "is not valid Base64")));
    }
  }

  /** The id of a new sheet. It is a UUIDv7, so ids sort by creation time. */
  public static UUID newId() {
    return UuidCreator.getTimeOrderedEpoch();
  }

  /**
   * Inserts the manifest of a sheet.
   *
   * @return the new sheet's id
   */
  public UUID add(Handle transaction, UUID taskId, StoredSheet stored, Duration retention) {
    UUID id = newId();
    addAll(transaction, List.of(new NewManifest(id, taskId, stored)), retention);
    return id;
  }

  public record NewManifest(UUID id, UUID taskId, StoredSheet stored) {}

  @Serdeable
  record Row(
      UUID id,
      UUID taskId,
      @Nullable String file,
      @Nullable String content,
      String fileName,
      List<Column> columns,
      long rows,
      List<Total> totals,
      long bytes,
      String sha256,
      Instant snapshotAt) {

    private static Row of(NewManifest manifest) {
      WrittenSheet sheet = manifest.stored().sheet();
      return new Row(
          manifest.id(),
          manifest.taskId(),
          manifest.stored().file(),
          sheet.content(),
          sheet.fileName(),
          sheet.columns(),
          sheet.rows(),
          sheet.totals(),
          sheet.bytes(),
          sheet.sha256(),
          sheet.snapshotAt());
    }
  }

  private void addAll(Handle transaction, List<NewManifest> manifests, Duration retention) {
    transaction
        .createUpdate(INSERT)
        .bindMap(values(manifests))
        .bind("retention", retention)
        .execute();
  }

  /** Inserts the manifests of the sheets of the tasks that the statement moves. */
  public Also alsoAdd(List<NewManifest> manifests) {
    return manifests.isEmpty()
        ? Also.NOTHING
        : new Also(INSERT + "WHERE task_id IN (SELECT id FROM moved)", values(manifests));
  }

  private Map<String, ?> values(List<NewManifest> manifests) {
    try {
      return Map.of("manifests", json.writeValueToTree(manifests.stream().map(Row::of).toList()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * A sheet that the sender of the current request may see.
   *
   * @throws Refusal if it expired, does not exist or may not be seen
   */
  public Sheet find(UUID id) {
    return manifests.find(id, Visible.owner()).orElseThrow(() -> absence(id));
  }

  /**
   * Finds the bytes of a sheet that the sender of the current request may see.
   *
   * @throws Refusal if it expired, does not exist or may not be seen
   */
  public SheetBytes bytes(UUID id) {
    return manifests.findPlace(id, Visible.owner()).map(this::bytes).orElseThrow(() -> absence(id));
  }

  private SheetBytes bytes(Manifests.Place place) {
    return place.file() == null
        ? new SheetBytes.Inline(place.content())
        : new SheetBytes.Stored(store, place.file());
  }

  private Refusal absence(UUID id) {
    return tombstones.absence(id, new UnknownSheet(id));
  }
}
