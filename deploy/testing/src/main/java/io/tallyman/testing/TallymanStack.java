package io.tallyman.testing;

import java.net.URI;
import java.util.List;

/**
 * A running Tallyman of one's own: its gateway is what a client speaks to. What else is here looks
 * behind the public API, or breaks things, for tests that want to know what happens then.
 *
 * <p>May be used by several threads, {@link #close} by one.
 */
public interface TallymanStack extends AutoCloseable {

  /** The address of the gateway, without a path; another one after the gateway was killed. */
  URI gateway();

  /**
   * What can be killed: {@code postgres}, {@code user-service}, {@code billing-service}, {@code
   * gateway}, {@code worker-1}, {@code worker-2}, … and {@code rabbitmq}, where that is a part.
   */
  List<String> parts();

  /**
   * Ends every process of this part at once, as {@code kill -9} does, and starts it again. May
   * return before it is ready; the other parts are expected to cope.
   *
   * @throws IllegalArgumentException when there is no such part
   */
  void kill(String part);

  /** Freezes every process of this part, until {@link #resume}. */
  void pause(String part);

  /** Lets what {@link #pause} has frozen go on, as if no time had passed. */
  void resume(String part);

  /** What this part has logged so far, since it was first started. */
  String log(String part);

  /**
   * Ends this part as operators do, with time to tidy up, and starts it again. Returns when it has
   * ended, perhaps before it is ready again.
   *
   * @throws IllegalArgumentException when there is no such part
   */
  void stopAndStart(String part);

  /**
   * With the user and password of the service that owns the database; another one after PostgreSQL
   * was killed.
   *
   * @param database {@code users} or {@code billing}
   */
  String jdbcUrl(String database);

  /**
   * The names of the files of sheets in the store, finished or not, without their folders and in no
   * order.
   */
  List<String> sheetFiles();

  /** Stops everything and forgets its data. */
  @Override
  void close();
}
