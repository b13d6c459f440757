package io.tallyman.testing;

import java.net.URI;
import java.util.List;

/**
 * A running Tallyman for tests. A client of Tallyman uses its gateway. The other methods look
 * behind the public API or break parts, for tests of failures.
 *
 * <p>Several threads may use it, but only one may call {@link #close}.
 */
public interface TallymanStack extends AutoCloseable {

  /** The address of the gateway, without a path. It changes when the gateway is killed. */
  URI gateway();

  /** The address of one of several gateways. It changes when the gateway is killed. */
  URI gateway(String part);

  /**
   * An access token for the requests of a client, valid for some minutes: {@code Authorization:
   * Bearer}. Ask for it again for each request; a login happens only when it is necessary.
   *
   * @param role {@code viewer}, {@code clerk} or {@code admin}
   */
  String token(String role);

  /** The password of the user {@code admin}, for tests of logins. */
  String adminPassword();

  /**
   * The parts that can be killed: {@code postgres}, {@code user-service}, {@code billing-service},
   * {@code gateway}, {@code worker-1}, {@code worker-2}, … and {@code rabbitmq}, if it is a part.
   */
  List<String> parts();

  /**
   * Kills every process of this part at once, like {@code kill -9}, and starts the part again. May
   * return before it is ready. The other parts are not restarted.
   *
   * @throws IllegalArgumentException if there is no such part
   */
  void kill(String part);

  /** Freezes every process of this part, until {@link #resume}. */
  void pause(String part);

  /** Lets the processes continue that {@link #pause} has frozen. */
  void resume(String part);

  /** The log of this part since its first start. */
  String log(String part);

  /**
   * Stops this part gracefully, as operators do, and starts it again. Returns when it has ended,
   * perhaps before it is ready again.
   *
   * @throws IllegalArgumentException if there is no such part
   */
  void stopAndStart(String part);

  /**
   * The JDBC address of a database, with the user and password of the service that owns it. It
   * changes when PostgreSQL is killed.
   *
   * @param database {@code users} or {@code billing}
   */
  String jdbcUrl(String database);

  /**
   * The names of the files of sheets in the store, finished or not, without their folders and in
   * any order.
   */
  List<String> sheetFiles();

  /** Stops everything and deletes its data. */
  @Override
  void close();
}
