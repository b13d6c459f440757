package io.tallyman.kit.database;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a query. A condition is only part of the SQL if its value is given. So
 * PostgreSQL plans the query for the given conditions, and finds the right index.
 */
public final class Conditions {
  private final StringJoiner conditions = new StringJoiner(" AND ", "WHERE ", "").setEmptyValue("");
  private final Map<String, Object> values = new HashMap<>();
  private @Nullable Object position;

  /**
   * Adds a condition, unless its value is null.
   *
   * @param condition SQL with the value as {@code :name}
   */
  public Conditions where(String condition, String name, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.put(name, value);
    }
    return this;
  }

  /**
   * Adds the condition that rows come after a position, unless the position is null.
   *
   * @param condition SQL with the components of the position as {@code :position.name}
   * @param after a public record
   */
  public Conditions where(String condition, @Nullable Object after) {
    if (after != null) {
      conditions.add(condition);
      position = after;
    }
    return this;
  }

  /**
   * Reads the rows of a query with these conditions.
   *
   * @param sql contains {@code <conditions>} in place of the conditions, and {@code LIMIT :count}
   * @param row a public record whose components are columns
   */
  public <T> List<T> rows(Jdbi jdbi, Class<T> row, int count, String sql) {
    return jdbi.inTransaction(
        handle ->
            in(handle.createQuery(sql)).bind("count", count).map(RecordMapper.of(row)).list());
  }

  private Query in(Query query) {
    query.define("conditions", conditions).bindMap(values);
    return position == null ? query : query.bindMethods("position", position);
  }
}
