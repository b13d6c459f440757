package io.tallyman.embedded.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of this machine. */
public final class Ports {
  // Below the ports that systems use for outgoing connections, so that a port stays free until its
  // service listens, and while that service restarts.
  private static final int FIRST = 18_000;
  private static final int LAST = 32_000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** The address of an HTTP service on this machine. */
  public static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  /** A free port that this method has not returned before in this JVM. */
  public static int free() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (!isTaken(port) && GIVEN.add(port)) {
        return port;
      }
    }
    throw new StartFailure("There is no free port between " + FIRST + " and " + LAST + ".");
  }

  public static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return !socket.isBound();
    } catch (IOException e) {
      return true;
    }
  }
}
