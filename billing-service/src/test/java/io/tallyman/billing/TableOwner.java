package io.tallyman.billing;

import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** The role that owns the tables of a database. */
public final class TableOwner {
  private TableOwner() {}

  /** Connects as this role. */
  public static Jdbi of(Map<String, ?> database) {
    return Jdbi.create(
            String.valueOf(database.get("tallyman.database.url")),
            String.valueOf(database.get("tallyman.database.owner-user")),
            String.valueOf(database.get("tallyman.database.owner-password")))
        .installPlugin(new PostgresPlugin());
  }
}
