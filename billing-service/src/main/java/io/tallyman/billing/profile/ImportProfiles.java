package io.tallyman.billing.profile;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.database.Conditions;
import io.tallyman.kit.database.RecordMapper;
import io.tallyman.kit.page.Keyset;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import io.tallyman.kit.page.Pages;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Stores and lists import profiles, in the order of their names. */
@Singleton
public final class ImportProfiles {
  private static final Keyset<ImportProfile, Position> ORDER =
      new Keyset<>("import-profiles", Position.class, profile -> new Position(profile.name()));

  private static final int MOST_MATCHES = 20;

  private final Jdbi jdbi;
  private final Pages pages;
  private final JsonMapper json;

  /** There are no filters. */
  @Serdeable
  record Filter() {}

  @Serdeable
  public record Position(String name) {}

  ImportProfiles(Jdbi jdbi, Pages pages, JsonMapper json) {
    this.jdbi = jdbi;
    this.pages = pages;
    this.json = json;
  }

  public Page<ImportProfile> page(PageRequest request) {
    return pages.page(ORDER, new Filter(), request, this::rows);
  }

  private List<ImportProfile> rows(@Nullable Position after, int count) {
    return new Conditions()
        .where("name > :position.name", after)
        .rows(
            jdbi,
            ImportProfile.class,
            count,
            """
            SELECT * FROM import_profile
            <conditions>
            ORDER BY name
            LIMIT :count
            """);
  }

  /**
   * @throws UnknownProfile if there is no such profile
   */
  public ImportProfile get(String name) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM import_profile WHERE name = :name")
                .bind("name", name)
                .map(RecordMapper.of(ImportProfile.class))
                .findOne()
                .orElseThrow(() -> new UnknownProfile(name)));
  }

  /**
   * The options of a profile.
   *
   * @throws UnknownProfile if there is no such profile
   */
  public Map<String, String> options(String name) {
    Map<String, String> options = new HashMap<>();
    get(name)
        .options()
        .entries()
        .forEach(option -> options.put(option.getKey(), option.getValue().getStringValue()));
    return options;
  }

  /** Adds the profile, or replaces the one with its name. */
  public ImportProfile put(String name, NewImportProfile profile) {
    return jdbi.inTransaction(
        transaction ->
            transaction
                .createQuery(
                    """
                    INSERT INTO import_profile (name, options, header, header_fingerprint)
                    VALUES (:name, :options, :header, :fingerprint)
                    ON CONFLICT (name) DO UPDATE
                    SET options = excluded.options, header = excluded.header,
                      header_fingerprint = excluded.header_fingerprint, updated_at = now()
                    RETURNING *
                    """)
                .bind("name", name)
                .bindByType("options", tree(profile.options()), JsonNode.class)
                .bindByType("header", tree(profile.header()), JsonNode.class)
                .bind("fingerprint", fingerprint(profile.header()))
                .map(RecordMapper.of(ImportProfile.class))
                .one());
  }

  public void delete(String name) {
    jdbi.useTransaction(
        transaction -> transaction.execute("DELETE FROM import_profile WHERE name = ?", name));
  }

  /** At most 20 profiles for files with this header, ordered by name. */
  List<ImportProfile> matching(List<String> header) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM import_profile
                    WHERE header_fingerprint = :fingerprint
                    ORDER BY name
                    LIMIT :most
                    """)
                .bind("fingerprint", fingerprint(header))
                .bind("most", MOST_MATCHES)
                .map(RecordMapper.of(ImportProfile.class))
                .list());
  }

  private @Nullable JsonNode tree(@Nullable Object value) {
    try {
      return value == null ? null : json.writeValueToTree(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The digest of the names. Case and the spaces around a name do not matter. */
  private static @Nullable String fingerprint(@Nullable List<String> header) {
    if (header == null) {
      return null;
    }
    String names =
        header.stream()
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("\u001f"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
