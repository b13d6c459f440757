package io.tallyman.bench.side;

import io.tallyman.bench.load.HttpConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/** A system that makes billing sheets of single days on request. */
public sealed interface Side extends AutoCloseable permits Tallyman, Peer {

  String name();

  /** The address to which clients send their requests. */
  URI address();

  /** Submits a sheet and returns the id of its task. */
  String submit(HttpConnection connection, LocalDate day);

  /**
   * Returns when the task has succeeded.
   *
   * @param pause between two polls, where the system has no request that waits
   */
  Ended await(HttpConnection connection, String task, Duration pause);

  /** Submits a sheet and returns when it is done, with as few requests as the system allows. */
  default Ended submitAndAwait(HttpConnection connection, LocalDate day, Duration pause) {
    return await(connection, submit(connection, day), pause);
  }

  /** The content of the sheet of a task that has succeeded. */
  byte[] sheet(HttpConnection connection, Ended ended);

  /** Asks for one user through the part that clients use. */
  void user(HttpConnection connection, long id);

  /**
   * A path whose answer takes this long, up to 30 s, without work.
   *
   * @return used with {@link #slowHeaders}
   */
  String slowPath(int seconds);

  /** The headers that {@link #slowPath} needs. */
  String slowHeaders(int seconds);

  /** Changes the number of workers, or of processes of the worker. Returns when they are ready. */
  void setWorkers(int workers);

  /** Starts everything again after {@link #close}. Returns when all parts are ready. */
  void launch();

  /** The requests that failed because the system was busy (5xx) so far. They were repeated. */
  long refused();

  /** The first process of each part, by its name. */
  Map<String, ProcessHandle> processes();

  /**
   * A task that has succeeded.
   *
   * @param sheet what {@link #sheet} needs
   * @param sha256 the digest that the system promises; empty if it promises none
   */
  record Ended(String task, Instant done, String sheet, String sha256) {}

  @Override
  void close();
}
