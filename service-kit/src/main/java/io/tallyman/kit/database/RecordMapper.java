package io.tallyman.kit.database;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Makes a record of each row, as {@link ConstructorMapper} does: a column belongs to the component
 * with its name, {@code date_done} to {@code dateDone}.
 *
 * <p>{@link ConstructorMapper} compares the names and reads the annotations of all components by
 * reflection for each result again. That was a fifth of the CPU time of a service that reads single
 * rows. This mapper does it once for each list of columns; there are as many lists as statements.
 *
 * @param <T> the record
 */
public final class RecordMapper<T> implements RowMapper<T> {
  private static final ClassValue<RecordMapper<?>> MAPPERS =
      new ClassValue<>() {
        @Override
        protected RecordMapper<?> computeValue(Class<?> type) {
          return new RecordMapper<>(ConstructorMapper.of(type));
        }
      };

  private final RowMapper<T> anyColumns;
  private final Map<List<String>, RowMapper<T>> byColumns = new ConcurrentHashMap<>();

  private RecordMapper(RowMapper<T> anyColumns) {
    this.anyColumns = anyColumns;
  }

  /** The one mapper of this type. */
  @SuppressWarnings("unchecked")
  public static <T> RecordMapper<T> of(Class<T> type) {
    return (RecordMapper<T>) MAPPERS.get(type);
  }

  @Override
  public T map(ResultSet row, StatementContext statement) throws SQLException {
    return specialize(row, statement).map(row, statement);
  }

  @Override
  public RowMapper<T> specialize(ResultSet rows, StatementContext statement) throws SQLException {
    List<String> columns = columns(rows.getMetaData());
    RowMapper<T> known = byColumns.get(columns);
    if (known == null) {
      known = anyColumns.specialize(rows, statement);
      byColumns.put(columns, known);
    }
    return known;
  }

  private static List<String> columns(ResultSetMetaData data) throws SQLException {
    List<String> names = new ArrayList<>(data.getColumnCount());
    for (int column = 1; column <= data.getColumnCount(); column++) {
      names.add(data.getColumnLabel(column));
    }
    return names;
  }
}
