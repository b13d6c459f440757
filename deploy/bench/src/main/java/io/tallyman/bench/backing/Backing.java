package io.tallyman.bench.backing;

import java.net.URI;
import java.util.Map;

/** The PostgreSQL and the broker that every system of a run uses. */
public sealed interface Backing extends AutoCloseable permits Containers, Embedded {

  /** One line that says what they are. */
  String description();

  /** The host and port of PostgreSQL. */
  String postgres();

  /**
   * The password of the role {@code users} or {@code billing}, which owns the database of the same
   * name.
   */
  String password(String role);

  /**
   * The AMQP address with user and password.
   *
   * @param user {@code billing-service}, {@code worker}, {@code gateway} or {@code peer}
   */
  URI broker(String user);

  /** The first process of each part, by its name. A part that is not visible here is missing. */
  Map<String, ProcessHandle> processes();

  /** The JDBC address of a database, with the role that owns it. */
  default String jdbcUrl(String database) {
    return "jdbc:postgresql://%s/%s?user=%s&password=%s"
        .formatted(postgres(), database, database, password(database));
  }

  @Override
  void close();
}
