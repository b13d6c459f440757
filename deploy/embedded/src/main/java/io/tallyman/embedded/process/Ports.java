package io.tallyman.embedded.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** TCP ports of this machine. */
public final class Ports {
  // Below the ports that systems use for outgoing connections, so that a port stays free until its
  // service listens, and while that service restarts.
  private static final int FIRST = 18_000;
  private static final int LAST = 32_000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();
  // Byte n is locked by the JVM that was given port n, until that JVM ends. To look whether a port
  // is free takes it for a moment, so without the locks two JVMs take ports from each other.
  private static final Path LOCKS =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "tallyman-ports-" + System.getProperty("user.name") + ".lock");
  private static @Nullable FileChannel locks;

  private Ports() {}

  /** The address of an HTTP service on this machine. */
  public static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  /** A free port that no JVM of this user was given before and may still use. */
  public static int free() {
    return free(FIRST, LAST);
  }

  /**
   * A free port of a range.
   *
   * @param first the lowest
   * @param end the highest plus 1
   * @throws StartFailure if there is none
   */
  static int free(int first, int end) {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(first, end);
      if (lock(port) && !isTaken(port)) {
        return port;
      }
    }
    throw new StartFailure("There is no free port between " + first + " and " + (end - 1) + ".");
  }

  private static synchronized boolean lock(int port) {
    try {
      if (locks == null) {
        locks = FileChannel.open(LOCKS, Set.of(CREATE, WRITE, NOFOLLOW_LINKS));
      }
      return GIVEN.add(port) && locks.tryLock(port, 1, false) != null;
    } catch (IOException e) {
      throw new StartFailure("The file " + LOCKS + " cannot be locked: " + e.getMessage(), e);
    }
  }

  public static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return !socket.isBound();
    } catch (IOException e) {
      return true;
    }
  }
}
